import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLanguage, IconLogout, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language, setLanguage } from '../i18n';

const SCHEMES = { auto: IconSunMoon, light: IconSun, dark: IconMoon } as const;

/** Language and colours. */
export function Settings({ leave }: { leave?: () => void }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosen = <IconCheck size={15} aria-hidden="true" />;
  const Scheme = SCHEMES[colorScheme];
  return (
    <Menu position="bottom-end" width={210} withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('app.menu')} c="inherit">
          <Scheme size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('app.language')}</Menu.Label>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<IconLanguage size={15} aria-hidden="true" />}
            rightSection={i18n.language === language && chosen}
            onClick={() => setLanguage(language as Language)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>{t('app.theme')}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => {
          const Icon = SCHEMES[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={15} aria-hidden="true" />}
              rightSection={colorScheme === scheme && chosen}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`app.${scheme}`)}
            </Menu.Item>
          );
        })}
        {leave && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconLogout size={15} aria-hidden="true" />} onClick={leave}>
              {t('app.signOut')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
