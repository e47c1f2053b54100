import {
  IconArchive,
  IconBuilding,
  IconCalendar,
  IconClockCheck,
  IconDeviceSdCard,
  IconEyeCheck,
  IconFolders,
  IconGavel,
  IconHome,
  IconListDetails,
  IconNetwork,
  type IconProps,
  IconScale,
  IconShieldCheck,
  IconUserCheck,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Role } from '../../shared/domain/roles.ts';

export type PlaceId =
  | 'home'
  | 'cases'
  | 'calendar'
  | 'access'
  | 'archive'
  | 'hearings'
  | 'verify'
  | 'people'
  | 'rooms'
  | 'disks'
  | 'network'
  | 'rules'
  | 'time'
  | 'witnesses'
  | 'log';

export interface Place {
  readonly id: PlaceId;
  readonly to: string;
  readonly icon: ComponentType<IconProps>;
  readonly roles: readonly Role[];
}

/** Where a role may go, in the order of the navigation. Each place's word is `common:place.<id>`. */
export const places: readonly Place[] = [
  {
    id: 'home',
    to: '/',
    icon: IconHome,
    roles: ['investigator', 'operator', 'judge', 'clerk', 'auditor', 'administrator'],
  },
  { id: 'cases', to: '/cases', icon: IconFolders, roles: ['investigator', 'clerk', 'judge'] },
  { id: 'calendar', to: '/calendar', icon: IconCalendar, roles: ['investigator', 'operator'] },
  { id: 'archive', to: '/archive', icon: IconArchive, roles: ['clerk'] },
  { id: 'hearings', to: '/hearings', icon: IconGavel, roles: ['judge', 'clerk'] },
  { id: 'people', to: '/people', icon: IconUsers, roles: ['administrator'] },
  { id: 'rooms', to: '/rooms', icon: IconBuilding, roles: ['administrator', 'operator'] },
  { id: 'disks', to: '/disks', icon: IconDeviceSdCard, roles: ['administrator'] },
  { id: 'network', to: '/network', icon: IconNetwork, roles: ['administrator'] },
  { id: 'rules', to: '/rules', icon: IconScale, roles: ['administrator'] },
  { id: 'time', to: '/time', icon: IconClockCheck, roles: ['administrator'] },
  { id: 'witnesses', to: '/witnesses', icon: IconEyeCheck, roles: ['clerk', 'auditor', 'administrator'] },
  { id: 'log', to: '/log', icon: IconListDetails, roles: ['auditor', 'administrator'] },
  { id: 'access', to: '/access', icon: IconUserCheck, roles: ['investigator', 'judge', 'clerk'] },
  { id: 'verify', to: '/verify', icon: IconShieldCheck, roles: ['clerk', 'investigator', 'judge', 'auditor'] },
];

/** The places of a role. */
export function placesOf(role: Role): readonly Place[] {
  return places.filter(({ roles }) => roles.includes(role));
}
