import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { PIXEL } from "./fixture.ts";
import { windowsPage } from "./windows.ts";

test("each window has its title, as it is, above its own picture", () => {
  const other = Buffer.from("other");
  const html = parse(
    windowsPage(
      [
        { title: "<b>&", png: PIXEL },
        { title: "Bob", png: other },
      ],
      320,
      "",
    ),
  );
  expect(html.querySelectorAll("figcaption").map(({ text }) => text)).toEqual(["<b>&", "Bob"]);
  expect(html.querySelectorAll("img").map((img) => img.getAttribute("src"))).toEqual(
    [PIXEL, other].map((png) => `data:image/png;base64,${png.toString("base64")}`),
  );
});
