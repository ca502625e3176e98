import { type ReactNode, useEffect, useRef } from 'react';
import { useSearchParams } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { PayFields, useAbout, WhatFields, WhereFields } from './JobFields.tsx';
import type { Written } from './fields.ts';
import { LAST } from './postSteps.ts';
import { Preview } from './Preview.tsx';
import { askedOf } from './suggested.ts';
import { WhenFields } from './WhenFields.tsx';
import { words } from './words.ts';

interface Props {
  step: number;
  /** What the steps so far say. */
  input: Written | null;
  isVisitor: boolean;
}

/** The fields of a new job, of which one step is shown. */
export function PostSteps({ step, input, isVisitor }: Props) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const [about, setAbout] = useAbout(askedOf(search));
  const names = t(words.postSteps);
  const parts: readonly ReactNode[] = [
    <WhatFields key="what" jobType={about.jobType} onType={(jobType) => setAbout({ ...about, jobType })} />,
    <WhenFields key="when" />,
    <WhereFields key="where" city={about.city} onCity={(city) => setAbout({ ...about, city })} />,
    <PayFields key="pay" {...about} />,
  ];
  return (
    <>
      <Heading key={step} step={step} name={names[step] ?? ''} />
      {parts.map((part, index) => (
        // What comes later is not judged so far.
        <fieldset key={names[index]} className="post-step" hidden={index !== step} disabled={index > step}>
          <legend className="visually-hidden">{names[index]}</legend>
          {part}
        </fieldset>
      ))}
      {input && step === LAST ? <Preview of={input} /> : null}
      {isVisitor && step === LAST ? <p className="hint">{t(words.registerNext)}</p> : null}
    </>
  );
}

/** Says where one is, and is heard when a step follows another. */
function Heading({ step, name }: { step: number; name: string }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('form')) heading.current?.focus();
  }, []);
  return (
    <div className="post-head">
      <h2 ref={heading} tabIndex={-1}>
        {t(words.stepOf)(step + 1, name)}
      </h2>
      <progress aria-hidden="true" value={(step + 1) / (LAST + 1)} />
    </div>
  );
}
