import { useEffect } from 'react';
import { useSettings } from '../app/settings.ts';

/** The screen is dark while this place is open; the person's own choice comes back with the next place and is not touched. */
export function useDark(): void {
  useEffect(() => {
    const { theme } = useSettings.getState();
    useSettings.setState({ theme: 'dark' });
    return () => useSettings.setState({ theme });
  }, []);
}
