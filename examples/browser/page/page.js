// The page around the module: it shows what the module says and hands over what is chosen. Texts come
// in by `textContent`, pictures as images and reports as documents of their own, so that no text of a
// questionnaire can become markup of this page.
"use strict";

(() => {
  const { Survey, vocabulary } = wasm_bindgen;
  const at = (id) => document.getElementById(id);
  const KEPT = "digital-maturity/";

  let language = "en";
  let words = {}; // of the library
  let survey = null;
  let own = null; // the text of a questionnaire of one's own
  let chosen = "";
  let fields = new Map(); // what shows each question, by its id
  let shown = null; // which page is in the frame

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const say = (key, values = {}) => fill(SENTENCES[language][key], values);

  /** An element with these properties and children; strings become text. */
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // --- What the browser keeps ---

  let keeps = (() => {
    try {
      localStorage.setItem(KEPT + "probe", "1");
      localStorage.removeItem(KEPT + "probe");
      return true;
    } catch {
      return false;
    }
  })();
  function kept(key) {
    return keeps ? localStorage.getItem(KEPT + key) : null;
  }
  function keep(key, text) {
    if (!keeps) return;
    try {
      if (text === null) localStorage.removeItem(KEPT + key);
      else localStorage.setItem(KEPT + key, text);
    } catch { // it is full
      keeps = false;
      at("kept").textContent = say("notKept");
    }
  }
  function forget() {
    if (!keeps) return;
    const ours = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
    for (const key of ours) localStorage.removeItem(key);
  }
  const keepAnswers = () => keep("answers/" + survey.name(), survey.answers());

  // --- Findings ---

  function tell(place, heading, findings) {
    const lines = findings.map(({ explained, text }) =>
      make("li", {}, ...(explained ? [make("span", { textContent: explained }), make("br")] : []), make("code", { textContent: text })));
    place.replaceChildren(...(heading ? [make("p", { textContent: heading })] : []), ...(lines.length ? [make("ul", {}, ...lines)] : []));
  }
  const quiet = () => [at("trouble"), at("answers-trouble")].forEach((place) => place.replaceChildren());

  // --- Which questionnaire ---

  function open(id) {
    const next = id === "own" && own !== null ? Survey.own(own, language) : Survey.builtIn(id, language);
    if (!next) return open("dcx_pulse");
    survey?.free();
    survey = next;
    chosen = id;
    keep("chosen", id);
    const answers = kept("answers/" + survey.name());
    if (answers !== null) {
      try {
        survey.read(answers);
      } catch (findings) {
        tell(at("trouble"), say("keptTrouble"), found(findings));
      }
    }
    hideFrame();
    speak();
  }

  /** What the module threw: its findings, or what went wrong with it. */
  function found(thrown) {
    if (typeof thrown !== "string") throw thrown;
    return JSON.parse(thrown);
  }

  async function openOwn(file) {
    quiet();
    const text = await read(file, at("trouble"));
    if (text === null) return;
    try {
      Survey.own(text, language).free();
    } catch (findings) {
      tell(at("trouble"), say("ownTrouble", { file: file.name }), found(findings));
      return;
    }
    own = text;
    keep("own", text);
    open("own");
    const warnings = JSON.parse(survey.warnings());
    if (warnings.length) tell(at("trouble"), say("ownWarnings", { file: file.name }), warnings);
    at("chosen").focus();
  }

  async function read(file, place) {
    try {
      return await file.text();
    } catch {
      tell(place, say("unreadable", { file: file.name }), []);
      return null;
    }
  }

  // --- Language ---

  /** Says everything again, in the language that was chosen. */
  function speak() {
    const spoken = JSON.parse(vocabulary(language));
    words = spoken.words;
    survey.speak(language);
    document.documentElement.lang = language;
    at("language").value = language;
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
    at("kept").textContent = say(keeps ? "kept" : "notKept");

    const state = JSON.parse(survey.state());
    const options = spoken.questionnaires.map(({ id, name }) => make("option", { value: id, textContent: name }));
    if (own !== null) {
      const title = chosen === "own" ? state.form.title : titleOfOwn();
      options.push(make("option", { value: "own", textContent: say("own", { title }) }));
    }
    at("chosen").replaceChildren(...options);
    at("chosen").value = chosen;

    const target = at("target").value || "native";
    at("target").replaceChildren(...spoken.stages.slice(1).map(({ id, name }) => make("option", { value: id, textContent: name })));
    at("target").value = target;

    showForm(state.form);
    update(state);
  }

  function titleOfOwn() {
    const other = Survey.own(own, language);
    const { title } = JSON.parse(other.state()).form;
    other.free();
    return title;
  }

  // --- The form ---

  function showForm(form) {
    fields = new Map();
    document.title = form.title;
    at("title").textContent = form.title;
    for (const place of [at("title"), at("about")]) foreign(place, form.text_language);
    const glossary = form.glossary.flatMap(({ term, meaning }) => [make("dt", { textContent: term }), make("dd", { textContent: meaning })]);
    at("about").replaceChildren(
      ...[form.description, form.instructions].filter(Boolean).map((textContent) => make("p", { textContent })),
      ...(glossary.length ? [make("details", {}, make("summary", { textContent: say("glossary"), lang: language }), make("dl", {}, ...glossary))] : []),
    );
    at("questions").replaceChildren(...form.sections.map(({ pillar, title, fields: ofPillar }) =>
      make("section", { "aria-labelledby": "pillar-" + pillar },
        make("h2", { id: "pillar-" + pillar, textContent: title }),
        ...ofPillar.map((field) => showField(field, form.comment)))));
  }

  /** Says that an element's texts are in that language; without one, in that of the page. */
  function foreign(element, of) {
    if (of === null) element.removeAttribute("lang");
    else element.lang = of;
    return element;
  }

  function showField({ id, title, guidance, language: of, input, choices, number, comment_name: commentName }, commentWord) {
    const key = "q" + (fields.size + 1); // ids of questions may be those of other elements
    const text = (textContent, tag = "span") => foreign(make(tag, { textContent }), of);
    const field = { choices: [], number: null, language: of };

    field.choices = choices.map(({ name, value, text: said, state }) => {
      // Words of the page stand among texts of the questionnaire.
      const ofPage = state !== null || value === "" || value === "true" || value === "false";
      const box = make("input", { type: input, name, value });
      // What says that there is nothing to say goes with no other answer.
      if (input === "checkbox" && (state !== null || value === "")) box.dataset.alone = "";
      return { box, label: make("label", { className: "option" }, box, ofPage ? make("span", { textContent: said }) : text(said)) };
    });
    if (number) field.number = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 8, name: number.name,
      "aria-label": title, "aria-describedby": key + "-unit " + key + "-hint" });
    const typed = number && make("div", { className: "typed" }, field.number, foreign(make("span", { id: key + "-unit", textContent: number.unit }), of));

    field.hint = make("p", { id: key + "-hint", className: "hint", role: "alert" });
    field.comment = make("textarea", { rows: 2, name: commentName, "aria-label": commentWord + ": " + title });
    field.more = make("details", {}, make("summary", { textContent: commentWord }), field.comment);
    field.back = make("button", { type: "button", className: "quiet", textContent: say("takeBack"), "aria-describedby": key + "-title" });
    field.back.addEventListener("click", () => {
      for (const { box } of field.choices) box.checked = false;
      if (field.number) field.number.value = "";
      post();
      (field.number ?? field.choices[0].box).focus();
    });
    field.body = make("fieldset", {},
      foreign(make("legend", { id: key + "-title", textContent: title }), of),
      guidance && make("details", { className: "guidance" }, make("summary", { textContent: say("guidance") }), text(guidance, "p")),
      typed, ...field.choices.map(({ label }) => label), field.hint, make("div", { className: "after" }, field.more, field.back));
    field.waits = make("div", { className: "waits" }, text(title, "p"), make("p"));
    field.place = make("div", { className: "question", id: key }, field.body, field.waits);
    field.body.addEventListener("change", ({ target }) => {
      const alone = "alone" in target.dataset;
      if (target === field.number ? target.value.trim() : target !== field.comment && target.checked) {
        for (const { box } of field.choices) if (box !== target && box.type === "checkbox" && (alone || "alone" in box.dataset)) box.checked = false;
        if (alone && field.number) field.number.value = "";
      }
      post();
    });
    fields.set(id, field);
    return field.place;
  }

  /** Hands over what all fields hold. */
  function post() {
    const pairs = [...new FormData(at("form"))];
    survey.post(pairs.map(([name]) => name), pairs.map(([, value]) => value));
    quiet();
    at("done").textContent = "";
    keepAnswers();
    update();
  }

  // --- The result ---

  /** Shows what the answers say now. */
  function update({ form, asked_if: askedIf, result: state } = JSON.parse(survey.state())) {
    for (const field of form.sections.flatMap((section) => section.fields)) fillIn(fields.get(field.id), field, askedIf[field.id]);

    at("standing").textContent = [state.standing, state.score, state.answered].filter(Boolean).join(" · ");
    at("place").textContent = state.place;
    at("meaning").textContent = state.meaning ?? "";
    at("basis").textContent = state.basis;
    at("radar").src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(survey.radar());
    at("radar").alt = words.radar;
    at("pillars").replaceChildren(...state.pillars.map(({ name, score, stage, answered }) =>
      make("tr", {}, make("th", { scope: "row", textContent: name }), ...[score, stage, answered].map((textContent) => make("td", { textContent })))));

    const [heading, ...blocks] = state.next;
    at("next").replaceChildren(...(heading ? [make("h3", { textContent: heading })] : []),
      ...(blocks.length ? [make("ul", {}, ...blocks.map((textContent) => make("li", { textContent })))] : []));

    const { outlook } = state;
    at("outlook").replaceChildren(...(outlook ? [
      make("h3", { textContent: words.outlook }),
      make("p", { className: "possible", textContent: outlook.lead }),
      ...(outlook.range ? [make("p", { textContent: outlook.range })] : []),
      ...(outlook.next.length ? [make("p", { textContent: words.answer_next }), make("ul", {}, ...outlook.next.map(toQuestion))] : []),
    ] : []));

    for (const [id, value] of [["respondent", state.respondent ?? ""], ["taken", state.taken ?? ""]]) {
      if (document.activeElement !== at(id)) at(id).value = value;
    }
    if (shown) showPage();
  }

  function toQuestion({ id, name }) {
    const { place, language: of } = fields.get(id);
    const go = (event) => {
      event.preventDefault();
      place.scrollIntoView();
      place.querySelector("input").focus({ preventScroll: true });
    };
    return make("li", {}, foreign(make("a", { href: "#" + place.id, textContent: name, onclick: go }), of));
  }

  function fillIn(field, { choices, number, comment, hints, asking }, askedIf) {
    field.place.hidden = asking === "not_asked";
    field.body.hidden = asking !== "asked";
    field.waits.hidden = asking !== "undecided";
    field.waits.lastChild.textContent = askedIf ?? "";
    choices.forEach(({ selected }, position) => { field.choices[position].box.checked = selected; });
    if (number) field.number.value = number.value;
    const wrong = hints.map(({ text }) => text).join(" ");
    if (field.hint.textContent !== wrong) field.hint.textContent = wrong;
    field.number?.setAttribute("aria-invalid", String(wrong !== ""));
    field.back.hidden = !(number?.value || choices.some(({ selected }) => selected));
    if (document.activeElement !== field.comment) field.comment.value = comment;
    if (comment) field.more.open = true;
  }

  // --- Reports ---

  const PAGES = {
    report: () => [words.report, survey.report()],
    outlook: () => [words.outlook, survey.outlook()],
    roadmap: () => {
      const stage = at("target").selectedOptions[0].textContent;
      return [fill(words.roadmap, { target: stage }), survey.roadmap(at("target").value)];
    },
  };

  function showPage(which = shown) {
    let title, page;
    try {
      [title, page] = PAGES[which]();
    } catch (why) {
      tell(at("answers-trouble"), String(why), []);
      return;
    }
    const frame = at("frame");
    at("shown").hidden = false;
    if (frame.srcdoc !== page) frame.srcdoc = page;
    frame.title = title;
    shown = which;
  }
  function hideFrame() {
    at("shown").hidden = true;
    at("frame").removeAttribute("srcdoc");
    shown = null;
  }
  /** As high as the page in it, so that one does not scroll within what scrolls. */
  function fit() {
    const inside = at("frame").contentDocument?.documentElement;
    if (inside && !at("shown").hidden) at("frame").style.blockSize = inside.scrollHeight + 8 + "px";
  }

  function save(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }
  const fileName = (kind) => (kind + "-" + survey.name()).replace(/[^\w.-]+/g, "-");

  // --- What is chosen ---

  const on = (id, event, act) => at(id).addEventListener(event, act);
  function listen() {
    on("language", "change", () => { language = at("language").value; keep("language", language); speak(); });
    on("chosen", "change", () => { quiet(); open(at("chosen").value); });
    for (const [button, input, act] of [["open-own", "own-file", openOwn], ["import", "answers-file", importAnswers]]) {
      on(button, "click", () => at(input).click());
      on(input, "change", async () => {
        const [file] = at(input).files;
        if (file) await act(file);
        at(input).value = ""; // so that the same file can be chosen again
      });
    }
    on("form", "submit", (event) => event.preventDefault()); // the return key in a field
    on("respondent", "change", () => {
      at("respondent-hint").textContent = survey.nameRespondent(at("respondent").value) ?? "";
      keepAnswers();
      update();
    });
    on("taken", "change", () => { survey.date(at("taken").value); keepAnswers(); update(); });
    on("show-report", "click", () => showPage("report"));
    on("show-outlook", "click", () => showPage("outlook"));
    on("show-roadmap", "click", () => showPage("roadmap"));
    on("target", "change", () => { if (shown === "roadmap") showPage(); });
    on("frame", "load", fit);
    addEventListener("resize", fit);
    on("print", "click", () => at("frame").contentWindow.print());
    on("save", "click", () => save(fileName(shown) + ".html", "text/html", at("frame").srcdoc));
    on("close", "click", () => { const from = at("show-" + shown); hideFrame(); from.focus(); });
    on("export", "click", () => save(fileName("answers") + ".json", "application/json", survey.answers()));
    on("clear", "click", () => {
      if (!confirm(say("clearSure"))) return;
      survey.clear();
      keep("answers/" + survey.name(), null);
      quiet();
      speak();
      at("done").textContent = say("cleared");
    });
    on("forget", "click", () => {
      if (!confirm(say("forgetSure"))) return;
      forget();
      own = null;
      quiet();
      open("dcx_pulse");
      forget(); // which questionnaire is chosen, too
      at("done").textContent = say("forgotten");
    });
    // Another tab answered the same questionnaire: what stands there now holds here, too.
    addEventListener("storage", ({ key, newValue }) => {
      if (key !== KEPT + "answers/" + survey.name()) return;
      try {
        if (newValue === null) survey.clear();
        else survey.read(newValue);
      } catch (findings) {
        tell(at("trouble"), say("keptTrouble"), found(findings));
      }
      update();
    });
  }

  async function importAnswers(file) {
    quiet();
    at("done").textContent = "";
    const text = await read(file, at("answers-trouble"));
    if (text === null) return;
    try {
      survey.read(text);
    } catch (findings) {
      tell(at("answers-trouble"), say("answersTrouble", { file: file.name }), found(findings));
      return;
    }
    keepAnswers();
    speak();
    at("done").textContent = say("imported", { file: file.name });
  }

  async function start() {
    const asked = kept("language") ?? (navigator.language.startsWith("de") ? "de" : "en");
    language = asked in SENTENCES ? asked : "en";
    const bytes = Uint8Array.from(atob(MODULE), (letter) => letter.charCodeAt(0));
    await wasm_bindgen({ module_or_path: bytes });
    own = kept("own");
    try {
      if (own !== null) Survey.own(own, language).free();
    } catch {
      own = null;
    }
    listen();
    open(kept("chosen") ?? "dcx_pulse");
  }

  start().catch((why) => tell(at("trouble"), say("failed", { why: String(why) }), []));
})();
