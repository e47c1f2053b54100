import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import type { PreparationAnswer } from '../../shared/domain/preparationAnswers.ts';
import { useStation } from '../app/client.ts';
import { Asking, NamesOfCase, SentenceError, useAct, useAsk, useNames } from '../ui/index.ts';
import { ChildSection } from './ChildSection.tsx';
import type { Checklist, OpenedNames } from './checklistPart.ts';
import { FramingSection } from './FramingSection.tsx';
import { NextAtEnd, NextPart } from './NextPart.tsx';
import { OpeningSection } from './OpeningSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { RightsSection } from './RightsSection.tsx';
import { RoomSection } from './RoomSection.tsx';
import { SectionList } from './SectionList.tsx';
import '../interview/interview.css';
import './preparation.css';

/** Another person may fill in the same list: how often it is looked at, in milliseconds. */
const LOOK_MS = 4000;

/** The checklist of one interview. */
export function PreparationScreen({ interview }: { readonly interview: string }) {
  const asked = useAsk(`preparation ${interview}`, ({ preparation }) => preparation.get({ interview }), LOOK_MS);
  return (
    <main className="br-interview">
      <Asking asked={asked}>
        {(view) => (
          <NamesOfCase caseId={view.interview.caseId}>
            <ChecklistOf asked={view} />
          </NamesOfCase>
        )}
      </Asking>
    </main>
  );
}

function ChecklistOf({ asked }: { readonly asked: PreparationView }) {
  const { t } = useTranslation(['preparation', 'interview']);
  const words = useNames();
  const station = useStation();
  const [view, setView] = useState(asked);
  const [names, setNames] = useState<OpenedNames | null>(null);
  useEffect(() => setView(asked), [asked]);
  const interview = view.interview.id;
  const answer = useAct(async (given: PreparationAnswer, own: string | null) =>
    setView(await station.preparation.answer({ interview, answer: given, words: own })),
  );
  const open = useAct(async () => {
    const { people, called } = await station.preparation.names({ interview });
    setNames({ people: new Map(people.map(({ code, name }) => [code, name])), called });
  });
  const title = t('title');
  useEffect(() => {
    document.title = `${title} · Bir Ret`;
  }, [title]);
  const list: Checklist = {
    view,
    entry: (item) => view.entries.find((one) => one.item === item) ?? null,
    answer: (given, own = null) => answer.run(given, own),
    onView: setView,
    busy: answer.busy,
    names,
    showNames: () => void open.run(),
  };
  const { number, child, spoken } = {
    number: view.interview.caseNumber,
    child: words.child(view.interview.child.code),
    spoken: words.spoken(view.interview.language),
  };
  return (
    <>
      <header className="br-interview-head br-prep-head">
        <Link href={`/interview/${interview}`} className="br-interview-back" aria-label={t('back')} title={t('back')}>
          <IconArrowLeft aria-hidden size={20} />
        </Link>
        <div className="br-interview-titles">
          <h1>{title}</h1>
          <div className="br-soft">
            {t('interview:lead', { number, child, age: words.age(view.interview.child.ageYears), spoken })}
          </div>
        </div>
      </header>
      <div className="br-prep">
        <SectionList view={view} />
        <div className="br-prep-body">
          <NextPart view={view} />
          <SentenceError trouble={answer.trouble ?? open.trouble} />
          {view.from === null ? null : <p className="br-note">{t('keptFrom', { exhibit: view.from })}</p>}
          <RoomSection {...list} />
          <FramingSection {...list} />
          <PeopleSection {...list} />
          <ChildSection {...list} />
          <RightsSection {...list} />
          <OpeningSection {...list} />
          <NextAtEnd view={view} />
        </div>
      </div>
    </>
  );
}
