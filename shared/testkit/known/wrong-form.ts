// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, messages, script, style } from "./table.ts";

const SHOW_ERROR =
  "status.textContent = `Not sent: ${lost || /** @type {Error} */ (error).message}`;";

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
      script("document.body.dataset.userId", "recipient.value"),
    ],
    ["the field is not cleared", "clears the field", script('content.value = "";', "")],
    [
      "sent as a form sends",
      "as JSON",
      script('"application/json"', '"application/x-www-form-urlencoded"'),
    ],
    ["the browser sends it its own way", "sending stores", script("event.preventDefault();", "")],
    ["nothing is sent", "sending stores", script("await sendMessage(data);", "")],
    [
      "the first of the list is the recipient",
      "sending stores",
      script(
        "...Object.fromEntries(data)",
        "...Object.fromEntries(data), recipient_id: recipient.options[0].value",
      ),
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
    ["a refusal is not told", "the page says so", script(SHOW_ERROR, "")],
    [
      "a refused text is lost",
      "and keeps it",
      script(
        "fieldset.disabled = false;\n  content.focus();",
        'fieldset.disabled = false;\n  content.value = "";',
      ),
    ],
    [
      "a refusal counts as sent",
      "a message of spaces",
      script("if (!response.ok) throw new Error(answer.error);", ""),
    ],
    [
      "a server that is gone is not told",
      "a server that is gone",
      script("const lost =", "if (error instanceof TypeError) return;\nconst lost ="),
    ],
    [
      "the field is cleared before it is sent",
      "and keeps it",
      script("fieldset.disabled = true;", 'fieldset.disabled = true;\ncontent.value = "";'),
    ],
    [
      "a table that does not fit",
      "inside the window of a phone",
      style("overflow-wrap: anywhere;", ""),
    ],
    [
      "the form never opens",
      "sending stores",
      script("fieldset.disabled = recipient.length === 0;", ""),
    ],
  ]),
];
