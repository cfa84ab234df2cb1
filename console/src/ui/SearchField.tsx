import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useKeys } from '../app/keys';
import css from './ui.module.css';

/** A pause in typing after which the text is used. */
const PAUSE_MS = 250;

interface SearchFieldProps {
  label: string;
  icon: ReactNode;
  text: string;
  change: (text: string) => void;
  /** The key `/` leads here. */
  slash?: boolean;
}

/** Text that narrows a table down, used once its writer pauses. */
export function SearchField({ label, icon, text, change, slash = false }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  const later = useDebouncedCallback(change, PAUSE_MS);
  useEffect(() => setTyped(text), [text]);
  useKeys(slash ? { '/': () => field.current?.focus() } : {});
  return (
    <TextInput
      ref={field}
      className={css.searchField}
      aria-label={label}
      placeholder={label}
      leftSection={icon}
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') field.current?.blur();
      }}
    />
  );
}
