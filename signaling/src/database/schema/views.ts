import type { Moment } from '../schema.ts';

export interface ViewTables {
  /** Who opened which replay: kept when what was watched is gone. */
  replay_view: {
    id: string;
    lesson_id: string | null;
    resource_id: string | null;
    /** The organization that owns what was watched. */
    organization_id: string;
    /** Null: somebody who was not signed in. */
    account_id: string | null;
    at: Moment;
    /** Where from: the network address of the request. */
    address: string;
  };
}
