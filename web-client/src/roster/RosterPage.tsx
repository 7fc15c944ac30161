import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { organizationsQuery } from '../directory/directory-api.ts';
import { OrganizationSelect } from '../directory/OrganizationSelect.tsx';
import { measure } from '../theme/tokens.ts';
import { ImportSheet } from './ImportSheet.tsx';
import { ImportStart } from './ImportStart.tsx';
import styles from './RosterPage.module.css';
import { exportPath } from './roster-api.ts';

/** Lists of schools, people, classes, courses and terms: in, looked through first, and out. */
export function RosterPage() {
  const account = useOutletContext<Account>();
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [place, setPlace] = useState(account.organizationId);
  const { data: places = [] } = useQuery(organizationsQuery());
  const importId = params.get('import');
  return (
    <App>
      <PageHead
        title={t('roster.title')}
        lead={t('roster.lead')}
        more={
          <Dropdown
            trigger={['click']}
            menu={{
              items: [true, false].map((excel) => ({
                key: String(excel),
                label: (
                  <a
                    href={exportPath(place, excel)}
                    download
                    data-testid={excel ? 'roster-excel' : 'roster-out'}
                  >
                    {t(excel ? 'roster.exportExcel' : 'roster.exportSystem')}
                  </a>
                ),
              })),
            }}
          >
            <Button icon={<IconDownload size={measure.icon} stroke={1.5} />} data-testid="roster-export">
              {t('roster.export')}
            </Button>
          </Dropdown>
        }
      />
      {!importId && places.length > 1 && (
        <div className={styles.place}>
          <label htmlFor="roster-place">{t('roster.place')}</label>
          <div className={styles.placeChoice}>
            <OrganizationSelect id="roster-place" value={place} onChange={setPlace} />
          </div>
        </div>
      )}
      {importId ? (
        <ImportSheet key={importId} importId={importId} onEnd={() => setParams({})} />
      ) : (
        <ImportStart organizationId={place} onBegun={(begun) => setParams({ import: begun })} />
      )}
    </App>
  );
}
