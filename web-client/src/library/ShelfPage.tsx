import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { Finder } from './Finder.tsx';
import { LibraryHead } from './LibraryHead.tsx';
import { shelfQuery } from './library-api.ts';
import { RefusedNote } from './RefusedNote.tsx';

/** The library of one teacher. */
export function TeacherPage() {
  const { accountId = '' } = useParams();
  return <Shelf key={accountId} kind="teachers" id={accountId} />;
}

/** The library of one school, or of a bureau itself. */
export function SchoolPage() {
  const { organizationId = '' } = useParams();
  return <Shelf key={organizationId} kind="schools" id={organizationId} />;
}

function Shelf({ kind, id }: { kind: 'teachers' | 'schools'; id: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(shelfQuery(kind, id));
  if (error && !data) return <RefusedNote code={ApiError.from(error).code} />;
  if (!data) return <Waiting page="office" />;
  const { name, organizationId, organizationName, organizationKind, county, role } = data;
  const fixed =
    kind === 'teachers'
      ? { author: id }
      : organizationKind === 'bureau'
        ? { county: id }
        : { organization: id };
  return (
    <LibraryHead
      title={t(kind === 'teachers' ? 'library.ofTeacher' : 'library.ofSchool', { name })}
      lead={
        <>
          {role && (
            <Link to={`/library/schools/${organizationId}`}>
              {organizationName} · {t(`role.${role}`)}
            </Link>
          )}
          {role && county && ' · '}
          {county && <Link to={`/library/schools/${county.organizationId}`}>{county.name}</Link>}
        </>
      }
    >
      <Finder fixed={fixed} />
    </LibraryHead>
  );
}
