import {
  IconAccessPoint,
  IconAdjustments,
  IconBatteryCharging,
  IconBuildingFactory2,
  IconCamera,
  IconCircleDashed,
  IconCpu,
  IconDatabase,
  IconDeviceDesktop,
  IconDeviceDesktopAnalytics,
  IconEngine,
  IconGauge,
  IconNetwork,
  IconPhone,
  IconPlug,
  IconPrinter,
  IconRoute,
  IconServer,
  IconShieldHalf,
  IconSwitch3,
  IconTool,
  IconTransform,
  IconWall,
} from '@tabler/icons-react';

const ICONS: Record<string, typeof IconCpu> = {
  plc: IconCpu,
  rtu: IconBuildingFactory2,
  ied: IconAdjustments,
  'safety-controller': IconShieldHalf,
  drive: IconEngine,
  'io-device': IconPlug,
  sensor: IconGauge,
  hmi: IconDeviceDesktopAnalytics,
  'engineering-station': IconTool,
  'scada-server': IconNetwork,
  historian: IconDatabase,
  gateway: IconTransform,
  switch: IconSwitch3,
  router: IconRoute,
  'access-point': IconAccessPoint,
  firewall: IconWall,
  pc: IconDeviceDesktop,
  server: IconServer,
  printer: IconPrinter,
  phone: IconPhone,
  camera: IconCamera,
  ups: IconBatteryCharging,
};

/** A role's picture; the role itself is always written beside it. */
export function RoleIcon({ role, size = 16 }: { role: string | null | undefined; size?: number }) {
  const Icon = (role && ICONS[role]) || IconCircleDashed;
  return <Icon size={size} stroke={1.7} aria-hidden="true" style={{ flex: 'none' }} />;
}
