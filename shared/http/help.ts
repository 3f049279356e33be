/** What `http --version` prints: this program's version and the one whose manner it keeps. */
export const versionText = "1.0.0 (the chat course's http, after HTTPie 3.2)\n";

/** What `http --help` prints. */
export const helpText = `http [OPTIONS] [METHOD] URL [ITEM ...]

Asks a web server, as HTTPie does. A line without data is a GET, one with data a POST.

Try it with the course's server (npm start):

  http :5001/api/users
  http POST :5001/api/users name="Alice Caroll" email="alice@foo.com" nickname="alice"
  http :5001/api/messages author_id=1 recipient_id=2 content="trois petits chats"
  http -v DELETE :5001/api/users/2

URL     :5001/x and :/x are on this machine; http:// may be left out.
ITEM    name=text    a text of the JSON body        name=@file   a file's text
        name:=json   a number, true, null, [1,2]    name:=@file  a file's JSON
        name==text   added to the URL's query       name@file    upload (with -f)
        Header:text  a header; "Header:" removes it, "Header;" sends it empty
        a[b][]=text  nested objects and lists       \\ before : = @ ; escapes it

Body    -j --json, -f --form, --multipart, --boundary=TEXT, --raw=TEXT, -x --compress,
        --chunked, < FILE, -I --ignore-stdin
Show    -v --verbose (-vv), -h --headers, -b --body, -m --meta, --print=HBhbm, --all,
        --pretty=all|colors|format|none, --sorted, --unsorted, --format-options=LIST,
        -S --stream, --response-charset=NAME, --response-mime=TYPE, -q --quiet (-qq)
Save    -o --output=FILE, -d --download, -c --continue
Sign in -a --auth=USER:PASSWORD, -A --auth-type=basic|bearer|digest,
        --session=NAME, --session-read-only=NAME
Network -F --follow, --max-redirects=N, --timeout=SECONDS, --check-status, --offline,
        --proxy=http:URL, --verify=no|FILE, --cert=FILE, --cert-key=FILE, --ssl=tls1.2,
        --path-as-is, --default-scheme=https
Other   --help, --version, --debug; --no-OPTION takes an option back

Exit code: 0 an answer came, 1 an error, 2 --timeout, 6 --max-redirects; with
--check-status also 3, 4 and 5 for an answer of 3xx, 4xx and 5xx.

What differs from HTTPie, and why: shared/http/README.md
`;
