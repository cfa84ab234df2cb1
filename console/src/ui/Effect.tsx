import { IconBolt, IconCode, IconEye, IconPencil, IconSettings, IconVolume } from '@tabler/icons-react';
import { type Class, asClass, useWords } from '../i18n/words';
import css from './ui.module.css';

const ICONS: Record<Class, typeof IconEye> = {
  observe: IconVolume,
  read: IconEye,
  write: IconPencil,
  control: IconBolt,
  program: IconCode,
  admin: IconSettings,
};

/** What an operation does to a plant: icon, word and colour. */
export function Effect({ name, extra }: { name: string; extra?: string | undefined }) {
  const words = useWords();
  const known = asClass(name) ?? 'observe';
  const Icon = ICONS[known];
  return (
    <span className={`${css.effect} ${css[known]}`}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {words.effect(name)}
      {extra}
    </span>
  );
}
