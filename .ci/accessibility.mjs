// Opens every page in every way that a reader may see it, and lists what axe-core finds and what the
// page asks the network for. Called by ./accessibility, which brings what it needs.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WAYS = [1400, 390].flatMap((width) =>
  ["light", "dark"].map((colorScheme) => ({ width, colorScheme })),
);

function pagesIn(folder) {
  let names;
  try {
    if (statSync(folder).isFile()) return [folder];
    names = readdirSync(folder, { recursive: true });
  } catch (e) {
    return cannotLook(`${folder}: ${e.message}`);
  }
  const pages = names.filter((name) => name.endsWith(".html")).sort();
  return pages.length > 0 ? pages.map((name) => join(folder, name)) : cannotLook(`${folder}: it holds no page`);
}

function cannotLook(why) {
  console.error(`accessibility: ${why}`);
  process.exit(2);
}

// Faults of one page and the ways in which they were seen.
async function look(browser, page) {
  const seen = new Map();
  let now = "";
  const found = (fault) => seen.set(fault, [...(seen.get(fault) ?? []), now]);
  const tab = await browser.newPage({ offline: true });
  tab.on("request", (request) => {
    if (!request.url().startsWith("file:")) found(`request: asks for ${request.url()}`);
  });
  for (const { width, colorScheme } of WAYS) {
    now = `${width} px ${colorScheme}`;
    await tab.setViewportSize({ width, height: 900 });
    await tab.emulateMedia({ colorScheme });
    await tab.goto(pathToFileURL(resolve(page)).href, { waitUntil: "load" });
    await tab.evaluate(AXE);
    const { violations } = await tab.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    for (const { id, help, nodes } of violations) {
      nodes.forEach((n) => found(`${id}: ${help}: ${n.target.join(" ")}\n      ${n.html.slice(0, 200)}`));
    }
  }
  await tab.close();
  return seen;
}

const pages = process.argv.slice(2).flatMap(pagesIn);
// Who builds as root in a container has no sandbox to offer, and the pages are the lab's own.
const browser = await chromium
  .launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: false })
  .catch((e) => cannotLook(`Chromium does not start: ${e.message}`));
const faults = new Map();
// As many at once as there are cores: a page takes seconds, and nobody waits for another's.
const waiting = [...pages];
const looking = Array.from({ length: availableParallelism() }, async () => {
  while (waiting.length > 0) {
    const page = waiting.shift();
    faults.set(page, await look(browser, page));
  }
});
await Promise.all(looking);
const faulty = pages.filter((page) => faults.get(page).size > 0);
for (const page of faulty) {
  console.log(`✗ ${page}`);
  for (const [fault, ways] of faults.get(page)) console.log(`    [${ways.join(", ")}] ${fault}`);
}
await browser.close();
console.log(
  `accessibility: pages: ${pages.length}, seen in ${WAYS.length} ways each, with faults: ${faulty.length}`,
);
process.exit(faulty.length === 0 ? 0 : 1);
