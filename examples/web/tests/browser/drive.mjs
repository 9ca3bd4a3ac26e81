// Drives the application in headless Chromium: with a script and without, by mouse and by keyboard alone,
// on a desk and on a phone; then the same questionnaire in two form libraries. `npm ci && node drive.mjs`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const here = import.meta.dirname;
const own = readFileSync(join(here, "../../questionnaire.json"), "utf8");
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

// What is answered, by the texts of the choices, and the score that follows (worked in tests/web.rs).
const ANSWERS = {
  online_first: ["Etwa die Hälfte"],
  council_report: ["Ja"],
  council_acts: ["Zu einem Beschluss"],
  trials: ["Etwa die Hälfte"],
  punished: ["Einige"],
  tools: ["Eine Umfrage nach jeder Leistung", "Zusehen, wie Menschen die Website benutzen"],
  lead_time: 2.5,
  mixed_teams: ["Nein"],
  channels: ["Telefon", "Website"],
  same_file: ["Die meisten"],
  typed_twice: ["Keine"],
};
const SCORE = 0.653125;
const CONDITIONAL = ["council_acts", "punished", "same_file", "typed_twice"];

const server = spawn("cargo", ["run", "--quiet", "--locked"], {
  cwd: join(here, "../.."),
  env: { ...process.env, MATURITY_ADDRESS: "127.0.0.1:0" },
  stdio: ["ignore", "pipe", "inherit"],
});
const base = await new Promise((found, failed) => {
  server.stdout.once("data", (line) => found(String(line).trim()));
  server.once("exit", (code) => failed(new Error(`the server ended: ${code}`)));
});
const profile = mkdtempSync(join(tmpdir(), "maturity-web-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
  env: { ...process.env, HOME: profile },
});

const problems = [];
let pages = 0;

// A page whose console errors and failed requests are problems. `expected` are those that are meant.
async function open(options = {}, expected = []) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !expected.some((part) => text.includes(part))) {
      problems.push(`${page.url()}: ${text}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return page;
}

// What holds of every page of the application.
async function check(page, name) {
  pages += 1;
  const { width, wide, lang, headings } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    wide: document.documentElement.scrollWidth,
    lang: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
  }));
  assert.ok(wide <= width, `${name}: ${wide} wide, ${width} there`);
  assert.match(page.url(), new RegExp(`/${lang}(/|$)`), name);
  assert.equal(headings, 1, `${name}: headings of the first level`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  for (const { id, impact, nodes } of found.violations) {
    const line = `${name}: axe ${impact} ${id}: ${nodes.slice(0, 2).map((node) => node.html.slice(0, 150)).join(" | ")}`;
    if (impact === "serious" || impact === "critical") problems.push(line);
    else console.log(line);
  }
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

const field = (page, id) => page.locator(`fieldset[data-question="${id}"]`);

async function fill(page, ids) {
  for (const id of ids) {
    const answer = ANSWERS[id];
    if (typeof answer === "number") await page.locator(`#${id}-0`).fill(String(answer));
    else for (const text of answer) await field(page, id).getByLabel(text, { exact: true }).check();
  }
}

async function scored(page, language) {
  await page.waitForURL(/\/r\/\d+$/);
  const number = page.url().split("/").at(-1);
  const { result, verified } = await (await fetch(`${base}/api/results/${number}`)).json();
  assert.equal(result.overall.score, SCORE);
  assert.ok(verified);
  assert.ok((await page.locator("main").innerText()).includes(language === "de" ? "Stufe 3 von 5" : "Stage 3 of 5"));
  return number;
}

const all = await (await fetch(`${base}/api/questionnaires`)).json();
const key = all.find((of) => of.id === "town_hall").key;
const unprocessable = ["422 (Unprocessable Entity)"];

async function withScript() {
  const page = await open({ locale: "de-DE" }, unprocessable);
  await page.goto(base);
  assert.equal(page.url(), `${base}/de`);
  await check(page, "list-de");
  await page.getByRole("link", { name: "English" }).click();
  await check(page, "list-en");
  await page.getByRole("link", { name: "Deutsch" }).click();
  await page.getByRole("link", { name: "Das digitale Rathaus", exact: true }).click();
  await check(page, "form-de");
  // Questions appear and go as one answers; the button for those without a script is not there.
  assert.ok(await page.locator(".update").isHidden());
  for (const id of CONDITIONAL) assert.ok(await field(page, id).isHidden(), id);
  await page.getByLabel("Organisation oder Person").fill("Ahaus");
  await fill(page, ["channels", "trials", "council_report"]);
  for (const id of CONDITIONAL) assert.ok(await field(page, id).isVisible(), id);
  await field(page, "channels").getByLabel("Website").uncheck();
  assert.ok(await field(page, "typed_twice").isHidden());
  assert.ok(await field(page, "same_file").isHidden());
  await page.locator("#lead_time-0").fill("5");
  assert.ok(await field(page, "same_file").isVisible());
  // The other language keeps everything.
  await page.getByRole("button", { name: "English" }).click();
  await page.waitForURL(/\/en\/q\//);
  assert.ok(await field(page, "channels").getByLabel("Telephone").isChecked());
  assert.equal(await page.locator("#lead_time-0").inputValue(), "5");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.waitForURL(/\/de\/q\//);
  // A mistake is told at its question, in the summary above, and in the respondent's language.
  await page.locator("#lead_time-0").fill("bald");
  await page.getByRole("button", { name: "Absenden" }).click();
  const summary = page.getByRole("alert");
  await summary.waitFor();
  await check(page, "form-problems-de");
  assert.ok(await summary.evaluate((node) => node === document.activeElement), "the summary has the focus");
  await summary.getByRole("link").click();
  const number = page.locator("#lead_time-0");
  assert.ok(await number.evaluate((node) => node === document.activeElement), "the link leads to the input");
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  const described = (await number.getAttribute("aria-describedby")).split(" ");
  assert.match(await page.locator(`#${described.at(-1)}`).innerText(), /Zahl ab 0/);
  await fill(page, Object.keys(ANSWERS));
  await page.getByRole("button", { name: "Absenden" }).click();
  await scored(page, "de");
  await check(page, "result-de");
  await page.getByRole("link", { name: "Was offen ist" }).click();
  await check(page, "outlook-de");
  await page.getByRole("link", { name: "Der Weg nach oben" }).click();
  await check(page, "roadmap-de");
  await page.getByLabel("Auf welche Stufe?").selectOption("native");
  await page.getByRole("button", { name: "Zeigen" }).click();
  await page.waitForURL(/target=native/);
  await check(page, "roadmap-native-de");
  const [radar] = await Promise.all([page.waitForEvent("download"),
    page.getByRole("link", { name: "Radar als Bild" }).click()]);
  assert.match(readFileSync(await radar.path(), "utf8"), /^<svg /);
  // Of an organisation's second result there are a history and a comparison.
  await page.goto(`${base}/en/q/${key}`);
  await page.getByLabel("Organisation or person").fill("Ahaus");
  await page.getByLabel("Most").first().check();
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL(/\/r\/\d+$/);
  await check(page, "result-open-en");
  await page.getByRole("link", { name: "What is open" }).click();
  await check(page, "outlook-open-en");
  await page.getByRole("link", { name: "History" }).click();
  await check(page, "history-en");
  await page.getByRole("button", { name: "Compare" }).click();
  await page.waitForURL(/compare/);
  await check(page, "comparison-en");
  await page.goto(`${base}/de/q/${key}/results`);
  await check(page, "results-de");
  await page.context().close();
}

async function upload() {
  const page = await open({}, [...unprocessable, "404 (Not Found)"]);
  await page.goto(`${base}/en/upload`);
  await check(page, "upload-en");
  const mine = own.replace("town_hall", "from_the_browser").replace("The digital town hall", "<b>Mine</b>");
  await page.getByLabel("Or its text").fill(mine.replace('"agile_approach"', '"agile_aproach"'));
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("alert").waitFor();
  await check(page, "upload-problems-en");
  assert.match(await page.locator(".findings").innerText(), /did you mean `agile_approach`/);
  assert.equal(await page.locator(".findings mark").count(), 1);
  await page.getByLabel("File, JSON or YAML").setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: Buffer.from(mine) });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("link", { name: "<b>Mine</b>" }).click();
  await check(page, "form-uploaded-en");
  await page.goto(`${base}/en/nowhere`);
  await check(page, "missing-en");
  await page.context().close();
}

async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${base}/de/q/${key}`);
  for (const id of CONDITIONAL) assert.ok(await field(page, id).isHidden(), id);
  await fill(page, Object.keys(ANSWERS).filter((id) => !CONDITIONAL.includes(id)));
  await page.getByRole("button", { name: "Zeigen, was jetzt gefragt ist" }).click();
  await field(page, "council_acts").waitFor();
  await fill(page, CONDITIONAL);
  await page.getByRole("button", { name: "Absenden" }).click();
  await scored(page, "de");
  await page.context().close();
}

async function keyboardAlone() {
  const page = await open({});
  await page.goto(`${base}/de`);
  const tabTo = async (selector) => {
    for (let pressed = 0; pressed < 150; pressed += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.notEqual(outline, "none", `the focus on ${selector} is seen`);
        return;
      }
    }
    assert.fail(`the keyboard does not reach ${selector}`);
  };
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Zum Inhalt");
  await tabTo(`a[href="/de/q/${key}"]`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/q\//);
  await tabTo("#respondent");
  await page.keyboard.type("Ahaus");
  const order = await page.locator("fieldset").evaluateAll((all) => all.map((of) => of.dataset.question));
  for (const id of order) {
    const answer = ANSWERS[id];
    if (typeof answer === "number") {
      await tabTo(`#${id}-0`);
      await page.keyboard.type(String(answer));
      continue;
    }
    const texts = await field(page, id).locator("label").allInnerTexts();
    const wanted = answer.map((text) => texts.indexOf(text)).sort();
    if (await page.locator(`#${id}-0`).getAttribute("type") === "checkbox") {
      for (const position of wanted) {
        await tabTo(`#${id}-${position}`);
        await page.keyboard.press("Space");
      }
    } else {
      await tabTo(`#${id}-0`);
      await page.keyboard.press("Space");
      for (let down = 0; down < wanted[0]; down += 1) await page.keyboard.press("ArrowDown");
    }
  }
  await tabTo("button[name=_submit]");
  await page.keyboard.press("Enter");
  await scored(page, "de");
  await page.context().close();
}

async function onAPhone(colorScheme) {
  const page = await open({ viewport: { width: 360, height: 740 }, colorScheme }, [...unprocessable, "404 (Not Found)"]);
  const paths = ["", "/upload", `/q/${key}`, `/q/${all.find((of) => of.id === "dcx").key}`, "/r/1", "/r/1/outlook",
    "/r/1/roadmap", `/q/${key}/results`, `/q/${key}/results?respondent=Ahaus`, "/compare?before=1&after=2", "/nowhere"];
  for (const path of paths) {
    await page.goto(`${base}/de${path}`);
    await check(page, `phone-${colorScheme}${path.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(key, "own")}`);
  }
  await page.goto(`${base}/de/q/${key}`);
  await page.locator("#lead_time-0").fill("bald");
  await page.getByRole("button", { name: "Absenden" }).click();
  await page.getByRole("alert").waitFor();
  await check(page, `phone-${colorScheme}-problems`);
  await page.goto(`${base}/de/upload`);
  await page.getByLabel("Oder sein Text").fill(JSON.stringify({ ...JSON.parse(own), extra: 1 }));
  await page.getByRole("button", { name: "Hochladen" }).click();
  await page.getByRole("alert").waitFor();
  await check(page, `phone-${colorScheme}-upload-problems`);
  await page.context().close();
}

// The page of a form library stands at an address of the application, but comes from here: it is not the
// application's, and neither is its policy.
async function library(name, answer) {
  const bundle = await build({
    entryPoints: [join(here, `${name}.jsx`)], bundle: true, format: "esm", jsx: "automatic", write: false,
    outdir: tmpdir(), define: { "process.env.NODE_ENV": '"production"' }, logLevel: "error",
  });
  const file = (ending) => bundle.outputFiles.find((of) => of.path.endsWith(ending))?.text ?? "";
  const page = await open({});
  const html = `<!DOCTYPE html><html lang="de"><meta charset="utf-8"><title>${name}</title>
    <link rel="stylesheet" href="/${name}.css"><link rel="icon" href="data:,">
    <main id="form"></main><pre id="answer"></pre><script type="module" src="/${name}.js"></script>`;
  await page.route(`**/${name}?*`, (route) => route.fulfill({ contentType: "text/html", body: html }));
  await page.route(`**/${name}.js`, (route) => route.fulfill({ contentType: "text/javascript", body: file(".js") }));
  await page.route(`**/${name}.css`, (route) => route.fulfill({ contentType: "text/css", body: file(".css") }));
  await page.goto(`${base}/${name}?key=${key}`);
  await answer(page);
  await page.waitForFunction(() => document.querySelector("#answer").textContent);
  const got = JSON.parse(await page.locator("#answer").textContent());
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  assert.equal(got.status, 201, JSON.stringify(got));
  assert.equal(got.result.overall.score, SCORE, `${name}: ${got.body}`);
  assert.deepEqual(got.warnings, [], got.body);
  await page.context().close();
}

async function reactJsonschemaForm(page) {
  for (const [id, answer] of Object.entries(ANSWERS)) {
    if (typeof answer === "number") await page.locator(`#root_${id}`).first().fill(String(answer));
    else for (const text of answer) await page.locator(`[id^="root_${id}"]`).locator(`xpath=ancestor::*[contains(@class,"rjsf-field")][1]`).first().getByLabel(text, { exact: true }).check();
  }
  await page.getByRole("button", { name: "Submit" }).click();
}

async function surveyJs(page) {
  const model = JSON.parse(await (await fetch(`${base}/api/questionnaires/${key}/form?language=de`)).text()).survey;
  for (const [position, { elements }] of model.pages.entries()) {
    for (const { name } of elements) {
      const answer = ANSWERS[name];
      const question = page.locator(`[data-name="${name}"]`);
      if (typeof answer === "number") {
        await question.locator("input").fill(String(answer));
        await question.locator("input").blur();
      } else if (answer) for (const text of answer) {
        // The inputs themselves are out of sight.
        await question.locator("label").filter({ has: page.getByText(text, { exact: true }) }).click();
        await question.getByLabel(text, { exact: true }).and(page.locator(":checked")).waitFor({ state: "attached" });
      }
    }
    const last = position + 1 === model.pages.length;
    await page.locator(last ? ".sd-navigation__complete-btn" : ".sd-navigation__next-btn").click();
  }
}

const steps = {
  "with a script": withScript,
  "upload": upload,
  "without a script": withoutScript,
  "by keyboard alone": keyboardAlone,
  "on a phone": () => onAPhone("light"),
  "on a phone, dark": () => onAPhone("dark"),
  "react-jsonschema-form": () => library("rjsf", reactJsonschemaForm),
  "SurveyJS": () => library("surveyjs", surveyJs),
};
try {
  for (const [name, step] of Object.entries(steps)) {
    console.log(name);
    await step();
  }
} catch (error) {
  problems.push(error.stack);
} finally {
  await browser.close();
  server.kill();
  rmSync(profile, { recursive: true, force: true });
}
problems.forEach((problem) => console.error(problem));
console.log(`${pages} pages looked at, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
