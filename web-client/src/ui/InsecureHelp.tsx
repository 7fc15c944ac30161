import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { aboutQuery } from '../api/queries.ts';
import styles from './InsecureHelp.module.css';
import { secureTwins } from './secure-address.ts';

/** What to do where the browser gives no camera because the address is not secure. */
export function InsecureHelp() {
  const { t } = useTranslation();
  const { data: about } = useQuery(aboutQuery);
  const twins = secureTwins(about?.secureOrigins ?? [], location);
  if (about && twins.length === 0) return <p>{t('secure.none')}</p>;
  return (
    <div className={styles.help}>
      <p>{t('secure.lead')}</p>
      <ul className={styles.addresses}>
        {twins.map((address) => (
          <li key={address}>
            <a href={address}>{address}</a>
          </li>
        ))}
      </ul>
      <p className={styles.small}>{t('secure.selfSigned')}</p>
    </div>
  );
}
