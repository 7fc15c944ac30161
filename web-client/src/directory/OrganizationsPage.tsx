import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import type { Organization } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import { ExportMenu } from '../admin/kit/ExportMenu.tsx';
import kit from '../admin/kit/Kit.module.css';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { directory, directoryChanged, organizationsQuery } from './directory-api.ts';
import { type Edited, OrganizationForm } from './OrganizationForm.tsx';
import { OrganizationTree } from './OrganizationTree.tsx';
import { PlacesPaste } from './PlacesPaste.tsx';
import { treeOf, withAbove } from './tree.ts';

const SEEN_WHOLE = 100;

/** The tree of bureaus, schools and teaching points. */
export function OrganizationsPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const mayEdit = scopeOf(account.role, 'directory.edit') !== null;
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const archived = params.get('archived') === 'true';
  const put = (key: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(key, value);
        else after.delete(key);
        return after;
      },
      { replace: true },
    );
  const { data, error, refetch } = useQuery(organizationsQuery(archived));
  const [edited, setEdited] = useState<Edited | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<Id>>(new Set());
  const toast = useUndoToast();
  const attempt = useAttempt();
  const branches = useMemo(
    () => treeOf(search ? withAbove(data ?? [], search) : (data ?? [])),
    [data, search],
  );
  const top = new Set(treeOf(data ?? []).map(({ organization }) => organization.organizationId));

  const close = (organization: Organization, act: 'archive' | 'restore') =>
    attempt(async () => {
      const { organizationId: id, name, version } = organization;
      const saved = await directory.closeOrganization(id, act, version);
      await directoryChanged();
      if (act === 'archive')
        toast(t('directory.closed', { name }), async () => {
          await directory.closeOrganization(id, 'restore', saved.version);
          await directoryChanged();
        });
      else toast(t('directory.restored', { name }));
    });

  const move = (organization: Organization, beforeId: Id | null) =>
    attempt(async () => {
      const { organizationId: id, parentId, version } = organization;
      await directory.moveOrganization(id, { parentId: parentId!, beforeId, version });
      await directoryChanged();
    });

  // A county is seen whole; of a province only the next level.
  const shownLevels = (data?.length ?? 0) <= SEEN_WHOLE ? 2 : 1;
  const first = branches[0]?.organization;
  return (
    <>
      <PageHead
        title={t('directory.organization.title')}
        lead={t('directory.organization.lead')}
        more={mayEdit && first && <PlacesPaste of="organization" usual={first.organizationId} />}
        action={
          mayEdit &&
          first && (
            <Button
              type="primary"
              icon={<IconPlus size={measure.icon} stroke={1.5} />}
              data-testid="add-organization"
              onClick={() => setEdited({ below: first })}
            >
              {t('directory.organization.add')}
            </Button>
          )
        }
      />
      <section className={kit.table} aria-label={t('directory.organization.title')}>
        <div className={kit.tools}>
          <Input.Search
            className={kit.search}
            allowClear
            placeholder={t('directory.organization.search')}
            aria-label={t('directory.organization.search')}
            value={search}
            onChange={({ target }) => put('q', target.value)}
          />
          <div className={kit.toolsEnd}>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control. */}
            <label className={kit.switch}>
              <Switch checked={archived} onChange={(on) => put('archived', on ? 'true' : '')} />
              {t('directory.showClosed')}
            </label>
            <ExportMenu
              path="/api/organizations"
              question={new URLSearchParams(archived ? { archived: 'true' } : {})}
            />
          </div>
        </div>
        {error ? (
          <div className={kit.failed}>
            <ErrorNote code={ApiError.from(error).code} />
            <Button onClick={() => void refetch()}>{t('common.retry')}</Button>
          </div>
        ) : data === undefined ? (
          <Waiting />
        ) : (
          <OrganizationTree
            branches={branches}
            isTop={({ organizationId }) => top.has(organizationId)}
            isOpen={({ organization, level }) =>
              search !== '' || opened.has(organization.organizationId) !== level < shownLevels
            }
            toggle={({ organization: { organizationId } }) =>
              setOpened((before) => {
                const after = new Set(before);
                if (!after.delete(organizationId)) after.add(organizationId);
                return after;
              })
            }
            mayEdit={mayEdit}
            onEdit={setEdited}
            onClose={close}
            onMove={move}
          />
        )}
      </section>
      <OrganizationForm
        edited={edited}
        isTop={({ organizationId }) => top.has(organizationId)}
        onClose={() => setEdited(null)}
        onSaved={({ name }, isNew) => toast(t(isNew ? 'directory.made' : 'directory.saved', { name }))}
      />
    </>
  );
}
