import 'virtual:tokens.css';
import './base.css';
import './i18n/index.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { openAsRoom } from './room/room-memory.ts';

openAsRoom();
createRoot(document.getElementById('root')!).render(<App />);
