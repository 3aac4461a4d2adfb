import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { useApi } from "../api/client";
import type { ListedPlace, Place, Places } from "../api/types";
import { navigate } from "../router";
import { placeName, t, useLanguage } from "../words";

/** All places by their codes, also those without figures. */
export function usePlaces(): Map<string, ListedPlace> {
  const { data } = useApi<Places>("/api/v1/places");
  return useMemo(() => new Map((data?.places ?? []).map((place) => [place.place, place])), [data]);
}

/** The search in the frame: opens the page of a place. */
export function PlaceSearch() {
  return <Picker label={t("search-place")} onPick={(place) => navigate(`/place/${place}`)} />;
}

/**
 * A combobox after ARIA 1.2: the field keeps the focus, arrows move the active option, Enter takes it. Found by code, and
 * by name in both languages with or without accents.
 */
export function Picker({ label, onPick, without = [] }: { label: string; onPick: (place: string) => void; without?: string[] }) {
  const id = useId();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const options = useFound(text, without);
  useEffect(() => setActive(0), [text]);
  useEffect(() => box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [active, open]);

  const pick = (place: Place | undefined) => {
    if (!place) return;
    setText("");
    setOpen(false);
    onPick(place.place);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setOpen(true);
      setActive((at) => (options.length ? (at + (open ? step : 0) + options.length) % options.length : 0));
    } else if (event.key === "Enter") {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape") {
      setOpen(false);
      setText("");
    }
  };
  const shown = open && text.trim() !== "";
  return (
    <div class="picker" ref={box} onFocusOut={(event) => box.current?.contains(event.relatedTarget as Node) || setOpen(false)}>
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}list`}
        aria-activedescendant={shown && options[active] ? `${id}${active}` : undefined}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={onKey}
      />
      <ul id={`${id}list`} role="listbox" aria-label={label} hidden={!shown}>
        {shown &&
          options.map((place, at) => (
            // The pointer must not take the focus from the field, or the list would close before the click.
            <li key={place.place} id={`${id}${at}`} role="option" aria-selected={at === active} onMouseDown={(event) => event.preventDefault()} onClick={() => pick(place)}>
              <span>{placeName(place)}</span> <small>{place.place}</small>
            </li>
          ))}
      </ul>
      {shown && options.length === 0 && (
        <p class="picker-none" role="status">
          {t("search-none")}
        </p>
      )}
    </div>
  );
}

function useFound(text: string, without: string[]): Place[] {
  const places = usePlaces();
  const { language } = useLanguage();
  const withPage = useMemo(() => [...places.values()].filter((place) => place.figures), [places]);
  const index = useMemo(() => withPage.map((place) => ({ place, words: searchWords(place) })), [withPage]);
  return useMemo(() => findPlaces(index, text, without), [index, text, without.join(), language]);
}

export interface Indexed {
  place: Place;
  words: string[];
}

export function searchWords(place: Place): string[] {
  const names = [place.place, place.iso2 ?? "", placeName(place, "en"), placeName(place, "fr")];
  return [...new Set(names.map(plain).filter(Boolean))];
}

/** The twelve best: exact code, then names that begin so, then names with a word that does, then the rest. */
export function findPlaces(index: Indexed[], text: string, without: string[] = []): Place[] {
  const wanted = plain(text);
  if (!wanted) return [];
  const scored = index
    .filter(({ place }) => !without.includes(place.place))
    .map(({ place, words }) => ({ place, score: Math.min(...words.map((word) => score(word, wanted))) + place.level / 10 }))
    .filter(({ score }) => score < 4);
  scored.sort((a, b) => a.score - b.score || placeName(a.place).localeCompare(placeName(b.place)));
  return scored.slice(0, 12).map(({ place }) => place);
}

function score(word: string, wanted: string): number {
  if (word === wanted) return 0;
  if (word.startsWith(wanted)) return 1;
  if (word.includes(` ${wanted}`)) return 2;
  return word.includes(wanted) ? 3 : 9;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
