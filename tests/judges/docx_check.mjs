// Validates DOCX files with Microsoft's Open XML SDK (npm: @ooxml-tools/validate), for every version of Office
// from 2013. Prints one line a failure; exit code 1 if there was one.
//
// usage: OOXML_MODULES=…/node_modules node docx_check.mjs FILE-OR-FOLDER…

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const VERSIONS = ["Office2013", "Office2016", "Office2019", "Office2021", "Microsoft365"];

const modules = process.env.OOXML_MODULES;
const files = process.argv.slice(2).flatMap(documents);
if (!modules || files.length === 0) {
  console.error("usage: OOXML_MODULES=…/node_modules node docx_check.mjs FILE-OR-FOLDER…");
  process.exit(2);
}

const module = join(resolve(modules), "@ooxml-tools/validate/dist/npm/index.js");
const { default: validate } = await import(pathToFileURL(module).href);
let failures = 0;
for (const file of files) {
  const bytes = new Uint8Array(readFileSync(file));
  for (const version of VERSIONS) {
    for (const problem of await validate(bytes, version)) {
      console.log(`${file}: ${version}: ${JSON.stringify(problem)}`);
      failures += 1;
    }
  }
}
console.log(`${files.length} DOCX files, ${VERSIONS.length} versions of Office, ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);

/** The DOCX files that a path names. */
function documents(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith(".docx"))
    .sort()
    .map((name) => join(path, name));
}
