// The questionnaire as react-jsonschema-form renders it, posted as it returns it.
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import { createRoot } from "react-dom/client";

const address = `/api/questionnaires/${new URLSearchParams(location.search).get("key")}`;
const { answers_schema, ui_schema } = await (await fetch(`${address}/form?language=de`)).json();
// Version 6.11 takes the options of an `anyOf` that have one value for all values that there are, and drops
// others when something else is changed: so those options get a pattern instead.
for (const { anyOf } of [...Object.values(answers_schema.properties), ...Object.values(answers_schema.$defs ?? {})]) {
  for (const option of anyOf ?? []) {
    if (typeof option.const !== "string") continue;
    [option.pattern, option.default] = [`^${option.const}$`, option.const];
    delete option.const;
  }
}
const send = async ({ formData }) => {
  const body = JSON.stringify(formData);
  const answer = await fetch(`${address}/answers`, { method: "POST", body });
  document.querySelector("#answer").textContent = JSON.stringify({ body, status: answer.status, ...(await answer.json()) });
};
createRoot(document.querySelector("#form")).render(
  <Form schema={answers_schema} uiSchema={ui_schema} validator={validator} onSubmit={send} />,
);
