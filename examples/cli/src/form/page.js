
// Shows what is asked. Without this all questions are shown, each with its condition in words.
const table = JSON.parse(document.getElementById("asked-table").textContent);
const form = document.querySelector("form");
function show() {
  for (const [id, isAsked] of Object.entries(asked(table, posted(form)))) {
    document.getElementById(id).hidden = !isAsked;
  }
}
form.classList.add("live");
form.addEventListener("input", show);
addEventListener("pageshow", show);
show();
