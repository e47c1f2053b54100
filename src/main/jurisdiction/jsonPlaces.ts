type Path = readonly (string | number)[];

/** Line and column of a text, both from 1; a column counts characters. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A text that is no JSON (RFC 8259), or that has a key twice in one object. */
export class JsonMistake extends Error {
  readonly at: TextPlace;
  /** The key that stands twice; null where the text is no JSON. */
  readonly twice: string | null;

  constructor(text: string, offset: number, twice: string | null = null) {
    super('not JSON');
    this.at = placeOf(text, offset);
    this.twice = twice;
  }
}

const DEEPEST = 32;
const blank = /[ \t\n\r]*/y;
/** A string without control characters, a number, or one of the three words. */
const scalar =
  /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/** Where each value of a JSON text begins, by its path. @throws JsonMistake */
export class JsonPlaces {
  readonly #text: string;
  readonly #offsets = new Map<string, number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#value([]);
    this.#skip();
    if (this.#at < text.length) throw new JsonMistake(text, this.#at);
  }

  /** Where the value stands; where there is none, the nearest that holds it. */
  of(path: Path): TextPlace {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = this.#offsets.get(JSON.stringify(path.slice(0, length)));
      if (offset !== undefined) return placeOf(this.#text, offset);
    }
    return placeOf(this.#text, this.#offsets.get('[]') ?? 0);
  }

  #value(path: Path): void {
    this.#skip();
    this.#offsets.set(JSON.stringify(path), this.#at);
    const sign = this.#text[this.#at];
    if (path.length > DEEPEST) throw new JsonMistake(this.#text, this.#at);
    if (sign === '{') this.#members('}', (seen) => this.#member(path, seen));
    else if (sign === '[') this.#members(']', (_, index) => this.#value([...path, index]));
    else this.#token();
  }

  #members(end: string, member: (seen: Set<string>, index: number) => void): void {
    const seen = new Set<string>();
    this.#at += 1;
    if (this.#next() === end) {
      this.#at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      member(seen, index);
      const sign = this.#next();
      if (sign !== ',' && sign !== end) throw new JsonMistake(this.#text, this.#at);
      this.#at += 1;
      if (sign === end) return;
    }
  }

  #member(path: Path, seen: Set<string>): void {
    this.#skip();
    const start = this.#at;
    if (this.#text[start] !== '"') throw new JsonMistake(this.#text, start);
    const key = String(JSON.parse(this.#token()));
    if (seen.has(key)) throw new JsonMistake(this.#text, start, key);
    seen.add(key);
    if (this.#next() !== ':') throw new JsonMistake(this.#text, this.#at);
    this.#at += 1;
    this.#value([...path, key]);
  }

  #token(): string {
    scalar.lastIndex = this.#at;
    const found = scalar.exec(this.#text)?.[0];
    if (found === undefined) throw new JsonMistake(this.#text, this.#at);
    this.#at += found.length;
    return found;
  }

  #next(): string | undefined {
    this.#skip();
    return this.#text[this.#at];
  }

  #skip(): void {
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#text)?.[0].length ?? 0;
  }
}

function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: [...before.slice(before.lastIndexOf('\n') + 1)].length + 1 };
}
