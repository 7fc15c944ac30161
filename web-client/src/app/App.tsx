import { QueryClientProvider } from '@tanstack/react-query';
import { type DataRouter, RouterProvider } from 'react-router';
import { queryClient } from '../api/query-client.ts';
import { OfflineNote } from '../ui/OfflineNote.tsx';

export function App({ router }: { router: DataRouter }) {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <OfflineNote />
    </QueryClientProvider>
  );
}
