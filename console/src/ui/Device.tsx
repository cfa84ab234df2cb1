import { Link } from '@tanstack/react-router';
import { shown } from '../lib/text';
import css from './ui.module.css';

/** A link to a device. */
export function Device({ id, name }: { id: string; name: string }) {
  return (
    <Link className={css.device} to="/assets/$id" params={{ id }}>
      <bdi>{shown(name)}</bdi>
    </Link>
  );
}
