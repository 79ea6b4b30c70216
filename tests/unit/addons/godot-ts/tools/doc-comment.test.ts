import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { docComment } from "../../../../../addons/godot-ts/tools/doc-comment.mjs";

const options = { indent: "  ", docsUrl: "" };

describe("docComment", () => {
  it("is nothing where there is nothing to say", () => {
    expect(docComment({ text: "" }, options)).toBe("");
  });

  it("takes one line for one line", () => {
    expect(docComment({ text: "Moves." }, options)).toBe("  /** Moves. */\n");
  });

  it("separates paragraphs, not list items or lines of code", () => {
    const text = "A\nB:\n- one\n- two\n[codeblock]\nx\ny\n[/codeblock]";
    expect(
      docComment({ text }, options)
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      ...["/**", "* A", "*", "* B:", "*", "* - one", "* - two", "*"],
      ...["* ```gdscript", "* x", "* y", "* ```", "*/", ""],
    ]);
  });

  it("puts tags after the text", () => {
    const text = docComment(
      { text: "A", params: [["from", "Default: `0`"]], deprecated: "Use [method b].", experimental: "" },
      options,
    );
    expect(text).toContain(
      "   * A\n   *\n   * @param from Default: `0`\n   * @experimental\n   * @deprecated Use `b`.\n",
    );
  });

  it("cannot be ended by its own text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("*/", "/*", "*", "/", "\n", "a", "[b]", "`")), (parts) => {
        const comment = docComment({ text: parts.join("") }, options);
        expect(comment.indexOf("*/")).toBe(comment === "" ? -1 : comment.length - 3);
      }),
    );
  });
});
