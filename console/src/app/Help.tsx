import { Modal, Switch } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SHORTCUT } from './SearchButton';
import { singleKeys } from './keys';
import css from './shell.module.css';

const ROWS = [
  { keys: [SHORTCUT], text: 'palette' },
  { keys: ['/'], text: 'filter' },
  { keys: ['j', 'k', '↓', '↑'], text: 'rows' },
  { keys: ['Enter', 'o'], text: 'open' },
  { keys: ['g'], then: ['o', 'a', 'm', 'v', 's', 'p', 'd'], text: 'go' },
  { keys: ['?'], text: 'help' },
] as const;

/** The keys, and the switch to turn single ones off. */
export function Help({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  const [on, setOn] = useState(singleKeys.on);
  return (
    <Modal opened={opened} onClose={close} title={t('key.title')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <dl className={css.keys}>
        {ROWS.map((row) => (
          <Fragment key={row.text}>
            <dt>
              {row.keys.map((key) => (
                <kbd className={css.kbd} key={key}>
                  {key}
                </kbd>
              ))}
              {'then' in row && t('key.then')}
              {'then' in row &&
                row.then.map((key) => (
                  <kbd className={css.kbd} key={key}>
                    {key}
                  </kbd>
                ))}
            </dt>
            <dd>{t(`key.${row.text}`)}</dd>
          </Fragment>
        ))}
      </dl>
      <Switch
        label={t('key.single')}
        checked={on}
        onChange={(event) => {
          singleKeys.set(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
