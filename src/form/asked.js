// Which conditional questions are asked: { till: true, .. }. `table` is the asked table; `posted` is
// what the form would post, as read below.
function asked(table, posted) {
  const shown = {};
  const inside = (n, { from = -Infinity, above = -Infinity, below = Infinity, at_most = Infinity }) =>
    n >= from && (above === -Infinity || n > above) && (below === Infinity || n < below) && n <= at_most;
  const met = (condition) => {
    if (condition.all) return condition.all.every(met);
    if (condition.any) return condition.any.some(met);
    const id = condition.question;
    const said = (shown[id] !== false && posted[id]) || [];
    if (said.length === 0 || said.includes("not_applicable") || said.includes("dont_know")) return false;
    if (condition.in) return condition.in.some((value) => said.includes(value));
    if (condition.ticked) return said.includes(condition.ticked);
    if (condition.within) return condition.within.some((range) => inside(Number(said[0]), range));
    const points = said.reduce((sum, item) => sum + (table.points[id][item] || 0), 0);
    return "points_from" in condition ? points >= condition.points_from : points <= condition.points_to;
  };
  for (const { question, asked_if } of table.conditions) shown[question] = met(asked_if);
  return shown;
}

// { plan: ["2"], channels: ["web"] }: `channels[]=` says that nothing is ticked, a blank number nothing.
function posted(form) {
  const said = {};
  for (const [name, value] of new FormData(form)) {
    const [id, item] = name.replace("]", "").split("[");
    if (value !== "" || item === "") (said[id] = said[id] || []).push(item || value);
  }
  return said;
}
