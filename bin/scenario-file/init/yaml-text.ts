/** Writes a document as YAML that reads well: short lists on one line, each field explained where it stands first. */
import { Document, isMap, isScalar, isSeq, Pair, visit, type Scalar, type YAMLMap } from 'yaml';

/** Longest list that stands on one line. */
const SHORT_LIST = 24;

/**
 * @param written as the file says it
 * @param about what is known of the field at a path, by its keys
 */
export function yamlText(written: object, about: (path: readonly string[]) => string | undefined): string {
  const document = new Document(written);
  const explained = new Set<string>();
  visit(document, {
    Seq: (_key, seq) => {
      if (seq.items.length <= SHORT_LIST && seq.items.every((item) => isScalar(item))) seq.flow = true;
    },
    Map: (_key, map, ancestors) => {
      // A handful of plain values inside a list reads better on one line.
      const parent = ancestors.at(-1);
      if (isSeq(parent) && map.items.length <= 2 && isPlain(map) && !map.has('label')) map.flow = true;
    },
    Pair: (_key, pair, ancestors) => {
      if (ancestors.some((each) => isMap(each) && each.flow === true)) return;
      const path = [...ancestors.filter((each): each is Pair => each instanceof Pair).map(keyOf), keyOf(pair)];
      const text = about(path);
      const name = `${path.at(-1)}: ${text}`;
      if (text === undefined || explained.has(name)) return;
      explained.add(name);
      comment(pair, text);
    },
  });
  const sections = document.contents as YAMLMap<Scalar, unknown>;
  for (const [index, { key, value }] of sections.items.entries()) {
    if (index > 0 && (isMap(value) || isSeq(value))) key.spaceBefore = true;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function isPlain(map: YAMLMap): boolean {
  return map.items.every(({ value }) => isScalar(value) && String(value.value).length < 40);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** After a plain value; above a group of fields. */
function comment(pair: Pair, text: string): void {
  const { key, value } = pair;
  if (isScalar(value) || (isSeq(value) && value.flow === true)) value.comment = ` ${text}`;
  else if (isScalar(key)) key.commentBefore = ` ${text}`;
}
