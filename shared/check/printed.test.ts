import { expect, test } from "vitest";
import { whatItPrinted } from "./printed.ts";

test("the line of the start that comes late is no reason for a 500", async () => {
  let said = "";
  const printing = whatItPrinted({ said: () => said, areUp: async () => true });
  printing.goOn();
  said = "step 01c listens on http://127.0.0.1:5001\nTypeError: boom\n";
  const failed = [{ kind: "http", sent: "GET /api/version", status: 500 }] as const;
  expect(await printing.during(failed, {})).toEqual({ printed: "TypeError: boom" });
  printing.goOn();
  said += "where are they?\n";
  expect(await printing.during(failed, {})).toEqual({ printed: "where are they?" });
});
