import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { io } from 'socket.io-client';
import { ROOM_NAMESPACE } from '#protocol/room-screen.ts';
import { sessionQuery } from '../api/queries.ts';

/** A line to the platform that ends with the device's right to be here: the screen then knows within a second. */
export function useDeviceLine(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const socket = io(ROOM_NAMESPACE, { transports: ['websocket'] });
    const ask = () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') ask();
    });
    socket.on('connect_error', (error) => {
      if ('data' in error) ask();
    });
    return () => void socket.close();
  }, [queries]);
}
