/** What READ-ME.html says, in one language. Plain text; the page escapes it. */
export interface ReadMeWords {
  readonly lang: 'kk' | 'ru' | 'en';
  readonly name: string;
  readonly title: string;
  readonly what: readonly string[];
  readonly facts: {
    readonly exhibit: string;
    readonly caseNumber: string;
    readonly court: string;
    readonly recorded: string;
    readonly sealed: string;
    readonly tracks: string;
    readonly signers: string;
    readonly record: string;
    readonly log: string;
    readonly roots: string;
  };
  readonly roles: { readonly station: string; readonly officer: string };
  readonly minutes: (minutes: number, seconds: number) => string;
  readonly practice: string;
  readonly simulated: string;
  readonly recovered: string;
  readonly watchTitle: string;
  readonly watch: string;
  readonly checkTitle: string;
  readonly checkFiles: string;
  readonly checkSignature: string;
  readonly checkRoot: string;
  readonly checkAll: string;
  readonly proofTitle: string;
  readonly proof: readonly string[];
}
