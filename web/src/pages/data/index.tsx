import type { PageProps } from "../../routes";
import { Source } from "./Source";
import { SourceList } from "./SourceList";
import "./data.css";

export default function DataPage({ params }: PageProps) {
  return params.source ? <Source key={params.source} id={params.source} /> : <SourceList />;
}
