// The questionnaire as react-jsonschema-form renders it, posted as it returns it.
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import { createRoot } from "react-dom/client";

const address = `/api/questionnaires/${new URLSearchParams(location.search).get("key")}`;
const { answers_schema, ui_schema } = await (await fetch(`${address}/form?language=de`)).json();
const send = async ({ formData }) => {
  const body = JSON.stringify(formData);
  const answer = await fetch(`${address}/answers`, { method: "POST", body });
  document.querySelector("#answer").textContent = JSON.stringify({ body, status: answer.status, ...(await answer.json()) });
};
createRoot(document.querySelector("#form")).render(
  <Form schema={answers_schema} uiSchema={ui_schema} validator={validator} onSubmit={send} />,
);
