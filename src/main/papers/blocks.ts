/** A digest stands in groups that a person can compare; `mono` is copied letter by letter; the rest is read. */
export type Value =
  | { readonly text: string; readonly soft?: boolean }
  | { readonly mono: string }
  | { readonly digest: string }
  /** Digests side by side, each under its name. */
  | { readonly digests: readonly { readonly name: string; readonly digest: string }[] };

export interface FactRow {
  readonly label: string;
  readonly values: readonly Value[];
}

export interface CheckRow {
  readonly mark: string;
  readonly status: string;
  readonly title: string;
  readonly reasons: readonly string[];
}

/** One piece of the paper, from top to bottom. Nothing here knows how it is drawn. */
export type Block =
  | { readonly kind: 'title'; readonly above: string; readonly title: string; readonly below: readonly string[] }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'lead'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly withNext?: boolean }
  /** Somebody's own words, as long as they are: they flow from page to page. */
  | { readonly kind: 'prose'; readonly text: string }
  /** Empty lines to write on by hand. */
  | { readonly kind: 'lines'; readonly count: number }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly withNext?: boolean }
  | { readonly kind: 'facts'; readonly rows: readonly FactRow[]; readonly withNext?: boolean }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'checks'; readonly rows: readonly CheckRow[] }
  | {
      readonly kind: 'qr';
      readonly text: string;
      readonly alt: string;
      readonly caption: string;
      readonly beside: readonly string[];
    }
  | { readonly kind: 'hand'; readonly labels: readonly string[] };

/** The whole paper: what stands in the file's own data, at the foot of every page, and the blocks. */
export interface Paper {
  readonly language: string;
  readonly title: string;
  readonly at: string;
  readonly producer: string;
  readonly foot: {
    readonly left: string;
    readonly page: (page: number, pages: number) => string;
    readonly below: string;
  };
  /** Stands large above the text of every page; nothing where there is nothing to warn of. */
  readonly mark?: string;
  /** How much larger than a certificate's the letters are; 1 where it is not said. */
  readonly scale?: number;
  readonly blocks: readonly Block[];
}
