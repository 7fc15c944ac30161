import { useLocation, useNavigate } from 'react-router';

/** To where one came from; to today's lessons for who opened the page by its address. */
export function useBack(): () => void {
  const navigate = useNavigate();
  const { key } = useLocation();
  return () => {
    // The router calls the first page of a window `default`.
    if (key === 'default') void navigate('/');
    else void navigate(-1);
  };
}
