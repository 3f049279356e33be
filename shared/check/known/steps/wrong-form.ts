// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, messages, script, style } from "../table.ts";

const NOT_SENT = "status.textContent = `Not sent: ${answer.error}`;";
const NO_ANSWER = 'status.textContent = "No answer: it may have been sent.";';
const FINALLY = "// With an answer or without, after the `return` above, too.";
const UNLOCK = `${FINALLY}\n    fieldset.disabled = false;`;

/** 13: a form that sends. */
export const wrongForm = [
  ...faults("13", [
    [
      "the author is always Alice",
      "of the page's user",
      script("document.body.dataset.userId", '"1"'),
    ],
    [
      "the author is the recipient",
      "of the page's user",
      script("author_id: userId", "author_id: recipient.value"),
    ],
    ["the field is not cleared", "clears the field", script('content.value = "";', "")],
    [
      "sent as a form sends",
      "as JSON",
      script('"application/json"', '"application/x-www-form-urlencoded"'),
    ],
    ["the browser sends it its own way", "sending stores", script("event.preventDefault();", "")],
    [
      "nothing is sent",
      "sending stores",
      script("await fetch(", 'await (async () => new Response("{}"))('),
    ],
    [
      "the fields are read once they are locked",
      "sending stores",
      script(
        "// Read before the form is locked: a disabled field has no value here.",
        "fieldset.disabled = true;",
      ),
    ],
    [
      "the first of the list is the recipient",
      "sending stores",
      script("...fields }", "...fields, recipient_id: recipient.options[0].value }"),
    ],
    [
      "oneself among the recipients",
      "everybody else as recipient",
      app(".filter((other) => other.id !== user.id)", ""),
    ],
    [
      "recipients by nickname",
      "everybody else as recipient",
      messages('value="<%= recipient.id %>"', 'value="<%= recipient.nickname %>"'),
    ],
    [
      "recipients without names",
      "everybody else as recipient",
      messages("<%= recipient.name %>", "<%= recipient.nickname %>"),
    ],
    [
      "HTML in the name of a recipient",
      "everybody else as recipient",
      messages("<%= recipient.name %>", "<%- recipient.name %>"),
    ],
    [
      "the name of a recipient in an attribute without quotes",
      "everybody else as recipient",
      messages(
        'dir="auto"><%= recipient.name %>',
        "label=<%= recipient.name %>><%= recipient.name %>",
      ),
    ],
    [
      "a field without a label",
      "each field has a label",
      messages('<label for="content">Message</label>', "<span>Message</span>"),
    ],
    [
      "a choice without a label",
      "each field has a label",
      messages('<label for="recipient">', "<label>"),
    ],
    [
      "a button out of the keyboard's reach",
      "the keyboard is enough",
      messages("<button>", '<button tabindex="-1">'),
    ],
    [
      "a focus that nobody sees",
      "the keyboard is enough",
      style("outline: 3px solid var(--accent);", "outline: none;"),
    ],
    ["a refusal is not told", "the page says why", script(NOT_SENT, "")],
    [
      "HTML in what is told about a refusal",
      "the page says why",
      script(NOT_SENT, NOT_SENT.replace("textContent", "innerHTML")),
    ],
    ["a refused text is lost", "and keeps", script(UNLOCK, `${UNLOCK}\n    content.value = "";`)],
    ["a refusal counts as sent", "and keeps", script("if (!response.ok) {", "if (false) {")],
    [
      "a server that is gone is not told",
      "a server that is gone",
      script(NO_ANSWER, 'status.textContent = "";'),
    ],
    [
      "a lost answer looks as one that will come",
      "where the answer is lost",
      script(NO_ANSWER, ""),
    ],
    [
      "a lost answer is called a refusal",
      "where the answer is lost",
      script(NO_ANSWER, 'status.textContent = "Not sent: try again.";'),
    ],
    [
      "after a lost answer it sends once more by itself",
      "it is not sent again without being asked",
      script(
        "} catch {",
        '} catch {\n    const headers = { "Content-Type": "application/json" };\n    await fetch("/api/messages", { method: "POST", headers, body }).catch(() => {});',
      ),
    ],
    [
      "a lost answer is called a success",
      "the text is kept",
      script(NO_ANSWER, 'status.textContent = "Sent.";\n    content.value = "";'),
    ],
    [
      "the field is cleared before it is sent",
      "and keeps",
      script("fieldset.disabled = true;", 'fieldset.disabled = true;\ncontent.value = "";'),
    ],
    [
      "the form is open while it sends",
      "a second click while a message is on its way",
      script("fieldset.disabled = true;", ""),
    ],
    [
      "the button alone is locked while it sends",
      "a second click while a message is on its way",
      script("fieldset.disabled = true;", 'form.querySelector("button").hidden = true;'),
      script(UNLOCK, `${UNLOCK}\n    form.querySelector("button").hidden = false;`),
    ],
    [
      "locked for good after a refusal",
      "a refused message is not sent",
      script(UNLOCK, `${FINALLY}\n    fieldset.disabled = response?.ok === false;`),
    ],
    [
      "locked for good after a lost answer",
      "where the answer is lost",
      script(UNLOCK, `${FINALLY}\n    fieldset.disabled = !response;`),
    ],
    [
      "locked for good once it has sent",
      "the keyboard is enough",
      script(UNLOCK, `${FINALLY}\n    fieldset.disabled = response?.ok ?? false;`),
    ],
    [
      "a field for short messages",
      "the field takes the longest message",
      messages('maxlength="2000"', 'maxlength="200"'),
    ],
    [
      "a table that does not fit",
      "inside the window of a phone",
      style("overflow-wrap: anywhere;", ""),
    ],
    [
      "a field below its button",
      "at each width of the window",
      style("grid-area: 2 / 1 / auto / 3;", "grid-area: 2 / 1 / auto / 4;"),
    ],
    [
      "a form for large screens",
      "at each width of the window",
      style("minmax(0, 3fr) minmax(0, 1fr) auto;", "14rem 4rem auto;"),
    ],
    [
      "a form that is too wide at some widths",
      "at each width of the window",
      style("14rem minmax(0, 1fr) auto;", "14rem 24rem auto;"),
    ],
    [
      "a form with one width",
      "inside the window of a phone",
      style("form {", "form {\n  min-width: 30rem;"),
    ],
    [
      "the form never opens",
      "sending stores",
      script("fieldset.disabled = recipient.length === 0;", ""),
    ],
  ]),
];
