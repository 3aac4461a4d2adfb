import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { expect, test, vi } from "vitest";
import { makeBundle } from ".";

vi.mock("../router", () => ({ setQuery: () => {} }));

const WORDS = import.meta.dirname;
const SOURCE = join(WORDS, "..");

/** The server tells definitions, titles and reasons in English, so these are needed in other languages only. */
const FRENCH_ONLY = ["definitions.ftl"];

function texts(language: string): Record<string, string> {
  const folder = join(WORDS, language);
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

function ids(text: string): string[] {
  return new FluentResource(text).body.map((message) => message.id).sort();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [path] : [];
  });
}

test("English and French have the same files and the same ids", () => {
  const [english, french] = [texts("en"), texts("fr")];
  expect(Object.keys(french).filter((file) => !FRENCH_ONLY.includes(file))).toEqual(Object.keys(english));
  for (const file of Object.keys(english)) expect(ids(french[file]!), file).toEqual(ids(english[file]!));
});

test("no id stands twice", () => {
  for (const language of ["en", "fr"] as const) {
    const all = Object.values(texts(language)).flatMap(ids);
    expect(all.filter((id, at) => all.indexOf(id) !== at)).toEqual([]);
    expect(() => makeBundle(language, texts(language))).not.toThrow();
  }
});

test("both languages take the same arguments", () => {
  const args = (text: string) => new Map(new FluentResource(text).body.map((m) => [m.id, [...JSON.stringify(m).matchAll(/"var","name":"(\w+)"/g)].map((x) => x[1]).sort()]));
  const [english, french] = [texts("en"), texts("fr")];
  for (const file of Object.keys(english)) {
    const theirs = args(french[file]!);
    for (const [id, mine] of args(english[file]!)) expect([...new Set(theirs.get(id))], id).toEqual([...new Set(mine)]);
  }
});

test("every id that the page uses has words", () => {
  const known = new Set(Object.values(texts("en")).flatMap(ids));
  const all = [...known];
  const missing: string[] = [];
  for (const file of files(SOURCE)) {
    const code = readFileSync(file, "utf8");
    for (const [, id] of code.matchAll(/\b(?:t|has)\(\s*"([^"]+)"/g)) if (!known.has(id!)) missing.push(id!);
    for (const [, start] of code.matchAll(/\b(?:t|has)\(\s*`([^`$]+)\$\{/g)) if (!all.some((id) => id.startsWith(start!))) missing.push(`${start}…`);
  }
  expect(missing).toEqual([]);
});
