// Opens the built page from disk in a browser without a network and answers it by keyboard alone.
//
//   node drive.mjs PAGE.html
//
// CHROMIUM: the browser to start, /usr/bin/chromium unless said otherwise. MATURITY: the command
// `maturity`, to score the exported answers once more. PICTURES: a folder for screenshots.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const address = pathToFileURL(resolve(process.argv[2] ?? join(here, "../target/digital-maturity.html"))).href;
const pictures = process.env.PICTURES;
const folder = mkdtempSync(join(tmpdir(), "maturity-browser-"));
const context = await chromium.launchPersistentContext(join(folder, "profile"), {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
  locale: "en-GB",
  viewport: { width: 1280, height: 900 },
  acceptDownloads: true,
});
await context.setOffline(true);
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(10000);

const complaints = [];
const watch = (of) => {
  of.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  of.on("pageerror", (error) => complaints.push(String(error)));
  of.on("request", (request) => /^(file|data|blob|about):/.test(request.url()) || complaints.push("asked for " + request.url()));
};
watch(page);

const text = (selector) => page.locator(selector).innerText();
const count = (selector) => page.locator(selector).count();
const step = (name) => console.log("- " + name);
const focused = () => page.evaluate(() => {
  const of = document.activeElement;
  return { id: of.id, place: of.closest(".question")?.id, type: of.type ?? of.tagName.toLowerCase() };
});

/** Tabs on until what has the focus is wanted. */
async function tabTo(wanted, key = "Tab") {
  for (let presses = 0; presses < 400; presses++) {
    const now = await focused();
    if (wanted(now)) return now;
    await page.keyboard.press(key);
  }
  assert.fail("not reached by " + key);
}
/** Chooses the option at `position`, from 1, of a question: the first with the space bar, others by arrows. */
async function choose(question, position) {
  await tabTo(({ place, type }) => place === question && type === "radio");
  await page.keyboard.press("Space");
  for (let at = 1; at < position; at++) await page.keyboard.press("ArrowDown");
}
async function picture(name, of = page) {
  if (pictures) await of.screenshot({ path: join(pictures, name + ".png") });
}
async function download(press) {
  const [saved] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(folder, saved.suggestedFilename());
  await saved.saveAs(path);
  return path;
}
async function fits(name) {
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= shown, `${name}: ${wide} pixels wide on a screen of ${shown}`);
}

try {
  step("it opens from disk, without a network, with nothing answered");
  await page.goto(address);
  await page.locator("#q1").waitFor();
  assert.equal(await text("h1"), "Digital maturity: the pulse");
  assert.equal(await count("fieldset"), 12);
  assert.equal(await text("#standing"), "No stage yet · 0 of 12 answered");
  assert.match(await text("#outlook"), /Between Traditional and Native\s+The overall score can still end anywhere from 0\.0% to 100\.0%/);
  await picture("empty");

  step("twelve questions by keyboard alone");
  await page.keyboard.press("Tab"); // the link to the questions is the first stop
  await page.keyboard.press("Enter");
  // Agile approach, questions 4 to 6, gets the second choice (0.25), the others the fourth (0.75), and
  // question 10 is not known. Each pillar is the mean of what is known:
  // 0.75, 0.25, 0.75, 0.75; the overall is (0.75 + 0.25 + 0.75 + 0.75) / 4 = 0.625.
  const DONT_KNOW = await page.locator("#q10 .option").count(); // the last of them
  for (let question = 1; question <= 11; question++) {
    await choose("q" + question, question === 10 ? DONT_KNOW : question >= 4 && question <= 6 ? 2 : 4);
  }
  await choose("q12", 4);
  assert.equal(await text("#standing"), "Hubs · 62.5% · 11 of 12 answered");
  assert.equal(await text("#place"), "Stage 3 of 5: Hubs");
  assert.deepEqual(await page.locator("#pillars td:nth-of-type(1)").allInnerTexts(), ["75.0%", "25.0%", "75.0%", "75.0%"]);
  assert.match(await text("#next"), /Agile approach is at 25\.0%; Platform asks for 40% in every pillar\. Missing: 15\.0\spoints\./);

  step("what is still possible while one is open");
  // Connected systems may end between 1.5 / 3 and 2.5 / 3: (0.5 + 1.75) / 4 = 0.5625 at least, and
  // (0.8333 + 1.75) / 4 = 0.6458 at most; either is Hubs, as Agile approach holds Platform back.
  assert.match(await text("#outlook"), /Hubs, whatever the open answers turn out to be/i);
  assert.match(await text("#outlook"), /from 56\.2% to 64\.5%/);
  await picture("answered");

  step("a comment, a name and a day, all by keyboard");
  await tabTo(({ type }) => type === "summary");
  await page.keyboard.press("Enter");
  await tabTo(({ type }) => type === "textarea");
  await page.keyboard.type("see the wiki <b>");
  await tabTo(({ id }) => id === "respondent");
  await page.keyboard.type("Quayside <script>");
  await tabTo(({ id }) => id === "show-report");
  await page.keyboard.press("Enter");
  await page.frameLocator("#frame").locator("h1").waitFor();
  assert.match(await page.frameLocator("#frame").locator("body").innerText(), /Quayside <script>/);
  await page.evaluate(() => { document.getElementById("frame").contentWindow.print = () => { window.printed = true; }; });
  await tabTo(({ id }) => id === "print");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => window.printed), true);
  await tabTo(({ id }) => id === "save");
  const report = readFileSync(await download(() => page.keyboard.press("Enter")), "utf8");
  assert.match(report, /^<!DOCTYPE html>[^]*62\.5%[^]*<\/html>\n$/);

  step("the roadmap to a chosen stage");
  // By hand: Agile approach has to rise from 0.25 to 0.4, and the overall is there at 0.625. Three
  // questions at the second choice make 0.75 / 3; two levels make 1.25 / 3 = 0.4167, one 1 / 3. The
  // overall is then (3 * 0.75 + 0.4167) / 4 = 0.6667.
  await tabTo(({ id }) => id === "target", "Shift+Tab");
  await page.keyboard.type("Platform");
  await tabTo(({ id }) => id === "show-roadmap");
  await page.keyboard.press("Enter");
  const way = page.frameLocator("#frame").locator("body");
  await page.frameLocator("#frame").getByText("The cheapest way to Platform").first().waitFor();
  assert.match(await way.innerText(), /Quayside <script>[^]*Effort: 2\.\s+The overall goes from 62\.5% \(Hubs\) to 66\.6% \(Platform\)\./);
  assert.match(await way.innerText(), /41\.6%/);
  await picture("roadmap");

  await tabTo(({ id }) => id === "show-outlook", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.frameLocator("#frame").getByText("Hubs, whatever the open answers turn out to be").first().waitFor();
  await page.locator("#show-roadmap").click();

  step("German, and back after a reload");
  await page.locator("#language").selectOption("de");
  assert.equal(await text("#standing"), "Knoten · 62,5\u202f% · 11 von 12 beantwortet");
  assert.equal(await page.getAttribute("html", "lang"), "de");
  await page.frameLocator("#frame").getByText("Der günstigste Weg zu Plattform").first().waitFor();
  await page.reload();
  await page.locator("#q1").waitFor();
  assert.equal(await text("#standing"), "Knoten · 62,5\u202f% · 11 von 12 beantwortet");
  assert.equal(await page.inputValue("#respondent"), "Quayside <script>");
  const keys = await page.evaluate(() => Object.values(SENTENCES).map((of) => Object.keys(of).join()));
  assert.equal(keys[0], keys[1]);
  await page.locator("#language").selectOption("en");

  step("export, clear, import: the same again");
  const answers = await download(() => page.locator("#export").click());
  const exported = JSON.parse(readFileSync(answers, "utf8"));
  assert.deepEqual(exported.questionnaire, { id: "dcx_pulse", version: exported.questionnaire.version });
  assert.equal(exported.answers.case_view, "dont_know");
  assert.equal(Object.values(exported.answers).filter((answer) => answer === 2).length, 3);
  assert.equal(Object.values(exported.comments)[0], "see the wiki <b>");
  if (process.env.MATURITY) {
    const scored = execFileSync(process.env.MATURITY, ["assess", "--questionnaire", "dcx_pulse", "--format", "json", answers]);
    const { overall } = JSON.parse(scored);
    assert.deepEqual([overall.score, overall.stage], [0.625, "hubs"]);
  }
  page.once("dialog", (dialog) => dialog.accept());
  await page.locator("#clear").click();
  assert.equal(await text("#standing"), "No stage yet · 0 of 12 answered");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).some((key) => key.includes("answers/"))), false);
  await page.setInputFiles("#answers-file", answers);
  await page.getByText("are read.").waitFor();
  assert.equal(await text("#standing"), "Hubs · 62.5% · 11 of 12 answered");
  const again = await download(() => page.locator("#export").click());
  assert.deepEqual(JSON.parse(readFileSync(again, "utf8")), exported);

  step("answers that cannot be read change nothing");
  const wrong = join(folder, "wrong.json");
  writeFileSync(wrong, `{ "case_view": 9, "no_such_question": 1 }`);
  await page.setInputFiles("#answers-file", wrong);
  await page.locator("#answers-trouble li").first().waitFor();
  assert.equal(await count("#answers-trouble li"), 2);
  assert.match(await text("#answers-trouble"), /Choose one of the answers\.[^]*1:16: error\[unknown-choice\] \/case_view/);
  assert.equal(await text("#standing"), "Hubs · 62.5% · 11 of 12 answered");

  step("a broken questionnaire shows what is wrong with it");
  await page.setInputFiles("#own-file", join(here, "broken.json"));
  await page.locator("#trouble li").first().waitFor();
  assert.match(await text("#trouble"), /4:29: error\[unknown-name\] \/questions\/0\/pillar: unknown pillar `agile_aproach` \(did you mean `agile_approach`\?\)/);
  assert.match(await text("#trouble"), /error\[out-of-range\] \/questions\/0\/weight/);
  assert.equal(await text("h1"), "Digital maturity: the pulse");
  await picture("broken");

  step("one of one's own: conditions, a list, a number, and markup that stays text");
  await page.setInputFiles("#own-file", join(here, "own.json"));
  await page.getByRole("heading", { name: "Shop <b>check</b>" }).waitFor();
  assert.match(await text("#trouble"), /6:14: warning\[single-pillar\]/); // it is used all the same
  assert.equal(await page.locator("#q2 fieldset").isVisible(), false);
  assert.match(await text("#q2"), /Which tills are online\?\s+Asked if: “Are there shops\?” – Yes/);
  await choose("q1", 2);
  assert.equal(await page.locator("#q2").isVisible(), false);
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.locator("#q2 fieldset").isVisible(), true);
  assert.match(await text("#q2"), /<i>Web<\/i>/);
  assert.equal(await count("#questions i, #questions b, #questions img"), 0);
  await tabTo(({ place, type }) => place === "q2" && type === "checkbox");
  await page.keyboard.press("Space");
  await tabTo(({ type, id }) => type === "text" && id !== "respondent");
  await page.keyboard.type("a while");
  await page.keyboard.press("Tab");
  assert.equal(await text("#q3 .hint"), "Give a number of at least 0 (days).");
  assert.equal(await page.inputValue("#q3 input[type=text]"), "a while");
  await page.locator("#q3 input[type=text]").fill("7.5");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("#q3 .hint").isVisible(), false);
  // (1 + 1/4 + 0.5) / 3 = 0.58333: one of four items, and 7.5 days are in the band from 5 to 30.
  assert.match(await text("#standing"), /58\.3%/);
  await picture("own");
  await page.reload();
  await page.getByRole("heading", { name: "Shop <b>check</b>" }).waitFor();
  assert.match(await text("#standing"), /58\.3%/);
  assert.equal(await page.inputValue("#q3 input[type=text]"), "7.5");
  await page.locator("#q2 .option", { hasText: "None of these" }).click();
  assert.match(await text("#standing"), /50\.0%/);
  await page.locator("#q2 button").click();
  assert.equal(await page.locator("#q2 input:checked").count(), 0);
  await page.locator("#language").selectOption("de");
  assert.equal(await text("h1"), "Ladenprüfung");
  await page.locator("#language").selectOption("en");

  step("the whole questionnaire, and the short one's answers are still there");
  await page.locator("#chosen").selectOption("dcx");
  assert.equal(await count("#questions fieldset"), 45);
  await page.locator("#chosen").selectOption("dcx_pulse");
  assert.match(await text("#standing"), /Hubs · 62\.5%/);

  step("two tabs agree");
  const other = await context.newPage();
  watch(other);
  await other.goto(address);
  await other.locator("#q10 .option").nth(4).click();
  await page.waitForFunction(() => document.getElementById("standing").textContent.includes("12 of 12"));
  await other.close();

  step("every control has a name, every picture a text");
  const nameless = await page.evaluate(() => [...document.querySelectorAll("input:not([hidden]), select, textarea, button, img, iframe")]
    .filter((of) => !(of.labels?.length || of.ariaLabel || of.textContent.trim() || of.alt || of.title || of.hidden || of.closest("[hidden]")))
    .map((of) => of.outerHTML));
  assert.deepEqual(nameless, []);

  step("360 pixels wide, light and dark, with a report open");
  await page.locator("#show-report").click();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const questionnaire of ["dcx", "dcx_pulse"]) {
        await page.locator("#chosen").selectOption(questionnaire);
        await page.locator("#show-report").click();
        await page.frameLocator("#frame").locator("h1").waitFor();
        await fits(`${questionnaire}, ${colorScheme}`);
      }
      const [wide, shown] = await page.evaluate(() => {
        const inside = document.getElementById("frame").contentDocument.documentElement;
        return [inside.scrollWidth, inside.clientWidth];
      });
      assert.ok(wide <= shown, `the report at ${width}: ${wide} on ${shown}`);
      for (const part of ["#title", "#q4", "aside", "#pages-heading", "#frame", "#keep-heading"]) {
        await page.locator(part).evaluate((of) => of.scrollIntoView());
        await picture(`${colorScheme}-${width}-${part.slice(part.startsWith("#") ? 1 : 0)}`);
      }
    }
  }
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await picture("print");

  await page.emulateMedia({ media: "screen" });

  step("everything is forgotten, also after a reload");
  page.once("dialog", (dialog) => dialog.accept());
  await page.locator("#forget").click();
  for (const again of [false, true]) {
    if (again) await page.reload();
    await page.locator("#q12").waitFor();
    assert.equal(await text("#standing"), "No stage yet · 0 of 12 answered");
    assert.equal(await page.locator("#chosen option").count(), 2);
    if (!again) assert.equal(await page.evaluate(() => localStorage.length), 0);
  }

  assert.deepEqual(complaints, []);
  step("nothing was asked of a network, and nothing complained");
} finally {
  await context.close();
  rmSync(folder, { recursive: true, force: true });
}
