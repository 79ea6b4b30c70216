import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bbcodeToMarkdown } from "../../../../../addons/godot-ts/tools/bbcode-to-markdown.mjs";

const DOCS = "https://docs.example/4.6";
const convert = (text: string): string => bbcodeToMarkdown(text, DOCS);

describe("bbcodeToMarkdown", () => {
  it.each([
    ["[b]Note:[/b] [i]slow[/i]", "**Note:** *slow*"],
    ["If [param index] is [code]-1[/code]", "If `index` is `-1`"],
    ["see [method Node.add_child] and [member name]", "see `Node.add_child` and `name`"],
    ["[constant OK], [enum Error], [signal ready], [theme_item font]", "`OK`, `Error`, `ready`, `font`"],
    ["a [Node] or [Vector3], an [int]", "a `Node` or `Vector3`, an `int`"],
    ["[annotation @GDScript.@rpc]", "`@GDScript.@rpc`"],
    ["[url=$DOCS_URL/tutorials/x.html]Tutorial[/url]", `[Tutorial](${DOCS}/tutorials/x.html)`],
    ["[url]https://example.org[/url]", "<https://example.org>"],
    ["press [kbd]Ctrl + C[/kbd]", "press `Ctrl + C`"],
    ["[code skip-lint][Node][/code]", "`[Node]`"],
    ["one[br]two", "one\ntwo"],
    ["an array [lb]0[rb]", "an array [0]"],
  ])("%s", (bbcode, markdown) => {
    expect(convert(bbcode)).toBe(markdown);
  });

  it("leaves what is in code alone", () => {
    expect(convert("[code][b]bold[/b] [Node][/code]")).toBe("`[b]bold[/b] [Node]`");
    expect(convert("[codeblock]\nvar a = [Node]\n[/codeblock]")).toBe("```gdscript\nvar a = [Node]\n```");
  });

  it("shows code with a backtick in it", () => {
    expect(convert("[code]a ` b[/code]")).toBe("`` a ` b ``");
  });

  it("keeps the GDScript block of two, and its relative indentation", () => {
    const text =
      "Before\n[codeblocks]\n[gdscript]\n\tfunc f():\n\t\tpass\n[/gdscript]\n[csharp]\nvoid F() {}\n[/csharp]\n[/codeblocks]\nAfter";
    expect(convert(text)).toBe("Before\n\n```gdscript\nfunc f():\n\tpass\n```\n\nAfter");
  });

  it("drops a block that is C# only", () => {
    expect(convert("a [codeblocks][csharp]x[/csharp][/codeblocks]b")).toBe("a b");
  });

  it("names the language of a block", () => {
    expect(convert("[codeblock lang=text]\nplain\n[/codeblock]")).toBe("```text\nplain\n```");
  });

  it("takes any text without throwing, and plain words as they are", () => {
    const tags = fc.constantFrom(
      "[b]",
      "[/b]",
      "[code]",
      "[/code]",
      "[codeblocks]",
      "[gdscript]",
      "[url=",
      "]",
      "[param x]",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(tags, fc.string())), (parts) => {
        expect(typeof convert(parts.join(""))).toBe("string");
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 ,.]*$/), (words) => {
        expect(convert(words)).toBe(words.trim());
      }),
    );
  });
});
