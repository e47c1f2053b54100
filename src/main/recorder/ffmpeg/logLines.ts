/** A line of ffmpeg's log that says something. `level` is null for what a library printed past ffmpeg's own log. */
export interface LogLine {
  readonly text: string;
  readonly level: 'panic' | 'fatal' | 'error' | 'warning' | 'info' | null;
}

/** What an ffmpeg told of itself until it ended. */
export interface RunLog {
  /** It had opened its input: what failed afterwards was there before. */
  readonly opened: boolean;
  /** Complaints, oldest first, without ffmpeg's memory addresses. */
  readonly complaints: readonly LogLine[];
  /** The last line that says something: of the complaints where there are any. */
  readonly last: string | null;
}

const LONGEST = 240;
/** What ffmpeg prints only once its input is open: the head's lines, or in a log whose head is gone, those of the end. */
const running =
  /^(?:Input #0,|Output #0,|Stream mapping:|frame=|size=|Error while decoding stream|Last message repeated)/;
/** Bookkeeping: nothing of it tells why a run ended. */
const bookkeeping =
  /^(?:Input #|Output #|Stream #|Stream mapping:|Duration:|Metadata:|Press \[q\]|frame=|size=|video:|Conversion failed!|Exiting normally|Last message repeated|\S+ *: )/;

/** What ffmpeg adds to a complaint that stands before. */
const addition =
  /Error opening input|Error initializing output stream|Error while opening encoder|Error reinitializing/;

/** Takes the end of a run's log apart, as written with `-loglevel level+info`. */
export function readRunLog(tail: string): RunLog {
  let opened = false;
  let last: string | null = null;
  const complaints: LogLine[] = [];
  for (const raw of tail.split(/[\r\n]+/)) {
    const indented = /^(?:\[info\] )?\s{2,}/.test(raw);
    const { text, level } = lineOf(raw);
    if (text === '') continue;
    if (running.test(text)) opened = true;
    if (indented || (level === 'info' && bookkeeping.test(text))) continue;
    last = text;
    if (level !== 'info') complaints.push({ text, level });
  }
  const said = complaints.filter(({ text }) => !addition.test(text)).at(-1) ?? complaints.at(-1);
  return { opened, complaints, last: said?.text ?? last };
}

/** `[alsa @ 0x55ec8124d900] [error] cannot open …` becomes `alsa: cannot open …`, with its level apart. */
function lineOf(raw: string): LogLine {
  const [, context, level, rest] =
    /^(?:\[([^\]@]+) @ (?:0x)?[0-9a-fA-F]+\] )?(?:\[(panic|fatal|error|warning|info)\] )?(.*)$/.exec(raw) ?? [];
  const words = (rest ?? raw).trim();
  const text = context === undefined || words === '' ? words : `${context}: ${words}`;
  return { text: text.slice(0, LONGEST), level: isLevel(level) ? level : null };
}

function isLevel(word: string | undefined): word is NonNullable<LogLine['level']> {
  return word === 'panic' || word === 'fatal' || word === 'error' || word === 'warning' || word === 'info';
}
