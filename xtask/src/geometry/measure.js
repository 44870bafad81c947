// Runs in the browser: lays each fixture out in a frame of its own and writes down where everything stands.

const SHOWN = 100;

const number = length => String(Math.round(length * SHOWN) / SHOWN || 0);
const rectangle = rect => [rect.left, rect.top, rect.width, rect.height].map(number).join(" ");

/** Lines of text of a text node: from the first to the last character that is no white space. */
function textLines(node) {
  const range = node.ownerDocument.createRange();
  const lines = [];
  let spaced = false;
  for (let at = 0; at < node.length; at += 1) {
    const character = node.data[at];
    if (" \t\n\r\f".includes(character)) {
      spaced = true;
      continue;
    }
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rect = [...range.getClientRects()].find(rect => rect.width > 0);
    if (!rect) continue;
    const line = lines.at(-1);
    if (line && Math.abs(line.top - rect.top) < 0.01) {
      line.text += (spaced ? " " : "") + character;
      line.right = Math.max(line.right, rect.right);
      line.left = Math.min(line.left, rect.left);
    } else {
      lines.push({ text: character, left: rect.left, right: rect.right, top: rect.top, height: rect.height });
    }
    spaced = false;
  }
  return lines.map(line => `"${line.text}" ${rectangle({ ...line, width: line.right - line.left })}`);
}

const WITHOUT_BOX = /^(table-(row|column)|table-(header|footer)-group)/;

/** The rectangles of an element, `null` if it is not compared: inline boxes without width, rows and columns. */
function boxes(element, view) {
  const display = view.getComputedStyle(element).display;
  if (WITHOUT_BOX.test(display) || ["BR", "WBR", "STYLE", "SCRIPT"].includes(element.tagName)) return null;
  const rects = [...element.getClientRects()].filter(rect => display !== "inline" || rect.width > 0);
  return rects.length ? rects : null;
}

function write(node, depth, out, view) {
  const indent = "  ".repeat(depth);
  if (node.nodeType === Node.TEXT_NODE) {
    textLines(node).forEach(line => out.push(indent + line));
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    const rects = boxes(node, view);
    if (rects) {
      const name = node.localName + (node.id ? `#${node.id}` : "");
      out.push(`${indent}${name} ${rects.map(rectangle).join(" | ")}`);
    }
    if (node.localName === "svg" || node.localName === "style") return;
    node.childNodes.forEach(child => write(child, depth + (rects ? 1 : 0), out, view));
  }
}

async function measure({ name, html }) {
  const frame = document.createElement("iframe");
  frame.width = WIDTH;
  frame.height = HEIGHT;
  frame.scrolling = "no";
  frame.style.cssText = "border: 0; position: absolute; left: 0; top: 0";
  frame.srcdoc = html;
  const loaded = new Promise(done => frame.addEventListener("load", done));
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument;
  for (const face of ["", "bold ", "italic "]) {
    const found = await page.fonts.load(`${face}10px "Handout Test"`);
    if (!found.length) throw new Error("the test font does not load");
  }
  const out = [];
  write(page.body, 0, out, frame.contentWindow);
  frame.remove();
  return `== ${name}\n${out.join("\n")}\n`;
}

async function run() {
  const report = document.createElement("pre");
  try {
    for (const fixture of FIXTURES) report.append(await measure(fixture));
    report.append("== end\n");
  } catch (error) {
    report.textContent = `== error\n${error}\n`;
  }
  document.body.replaceChildren(report);
}

run();
