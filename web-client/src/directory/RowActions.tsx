import { IconDots } from '@tabler/icons-react';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';

interface Props {
  name: string;
  items: NonNullable<MenuProps['items']>;
}

/** What can be done with one row beside opening it. */
export function RowActions({ name, items }: Props) {
  const { t } = useTranslation();
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button
        type="text"
        icon={<IconDots size={measure.icon} stroke={1.5} />}
        aria-label={t('directory.more', { name })}
      />
    </Dropdown>
  );
}
