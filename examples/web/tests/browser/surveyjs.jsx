// The questionnaire as SurveyJS renders it, posted as it returns it.
import "survey-core/survey-core.fontless.css";
import "survey-core/i18n/german";
import { Model } from "survey-core";
import { Survey } from "survey-react-ui";
import { createRoot } from "react-dom/client";

const address = `/api/questionnaires/${new URLSearchParams(location.search).get("key")}`;
const { survey } = await (await fetch(`${address}/form?language=de`)).json();
const model = new Model(survey);
model.onComplete.add(async ({ data }) => {
  const body = JSON.stringify(data);
  const answer = await fetch(`${address}/answers`, { method: "POST", body });
  document.querySelector("#answer").textContent = JSON.stringify({ body, status: answer.status, ...(await answer.json()) });
});
createRoot(document.querySelector("#form")).render(<Survey model={model} />);
