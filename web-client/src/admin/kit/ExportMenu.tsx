import { IconDownload } from '@tabler/icons-react';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { TableFormat } from '#protocol/table.ts';
import { measure } from '../../theme/tokens.ts';

interface Props {
  path: string;
  /** The same filters as on the page. */
  question: URLSearchParams;
}

/** All that the table has found, as a file. */
export function ExportMenu({ path, question }: Props) {
  const { t } = useTranslation();
  const address = (format: TableFormat) => {
    const asked = new URLSearchParams(question);
    asked.delete('page');
    asked.set('format', format);
    return `${path}?${asked}`;
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: TableFormat.options.map((format) => ({
          key: format,
          label: (
            <a href={address(format)} download data-testid={`export-${format}`}>
              {t(`admin.table.format.${format}`)}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<IconDownload size={measure.icon} stroke={1.5} />} data-testid="export">
        {t('admin.table.export')}
      </Button>
    </Dropdown>
  );
}
