import 'virtual:tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { sessionQuery } from './api/queries.ts';
import { queryClient } from './api/query-client.ts';
import { App } from './app/App.tsx';
import { openRouter } from './app/router.tsx';
import { loadLanguage } from './i18n/index.ts';
import { openAsRoom } from './room/room-memory.ts';

// All side by side, because each costs a thin line its round trips: the words, the page of this address, who is here.
openAsRoom();
const words = loadLanguage();
const router = openRouter();
void queryClient.prefetchQuery(sessionQuery);
await words;
createRoot(document.getElementById('root')!).render(<App router={router} />);
