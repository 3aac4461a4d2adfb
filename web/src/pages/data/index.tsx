import { Heading } from "../../parts/Heading";
import { t } from "../../words";

export default function Page() {
  return <Heading title={t("nav-data")} />;
}
