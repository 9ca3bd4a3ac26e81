
// Shows and hides questions while the form is filled in. Without this script, its second button does.
for (const form of document.querySelectorAll("form[data-asked]")) {
  const table = JSON.parse(form.dataset.asked);
  const show = () => {
    const shown = asked(table, posted(form));
    for (const [id, is] of Object.entries(shown)) {
      const question = form.querySelector(`[data-question="${id}"]`);
      // What must be put right stays in sight.
      question.hidden = !is && !question.matches(":is([aria-invalid], :has([aria-invalid]))");
    }
    for (const section of form.querySelectorAll("section")) {
      section.hidden = !section.querySelector("[data-question]:not([hidden])");
    }
  };
  form.querySelector(".update").hidden = true;
  form.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}
