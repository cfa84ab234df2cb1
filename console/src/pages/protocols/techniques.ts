/** Techniques of MITRE ATT&CK for ICS by number, in the words of its publisher. */
export const TECHNIQUES: Readonly<Record<string, string>> = {
  T0800: 'Activate Firmware Update Mode',
  T0801: 'Monitor Process State',
  T0802: 'Automated Collection',
  T0803: 'Block Command Message',
  T0804: 'Block Reporting Message',
  T0807: 'Command-Line Interface',
  T0809: 'Data Destruction',
  T0814: 'Denial of Service',
  T0816: 'Device Restart/Shutdown',
  T0821: 'Modify Controller Tasking',
  T0835: 'Manipulate I/O Image',
  T0836: 'Modify Parameter',
  T0838: 'Modify Alarm Settings',
  T0840: 'Network Connection Enumeration',
  T0843: 'Program Download',
  T0845: 'Program Upload',
  T0846: 'Remote System Discovery',
  T0848: 'Rogue Master',
  T0855: 'Unauthorized Command Message',
  T0856: 'Spoof Reporting Message',
  T0857: 'System Firmware',
  T0858: 'Change Operating Mode',
  T0859: 'Valid Accounts',
  T0861: 'Point & Tag Identification',
  T0867: 'Lateral Tool Transfer',
  T0868: 'Detect Operating Mode',
  T0871: 'Execution through API',
  T0872: 'Indicator Removal on Host',
  T0877: 'I/O Image',
  T0878: 'Alarm Suppression',
  T0881: 'Service Stop',
  T0886: 'Remote Services',
  T0888: 'Remote System Information Discovery',
  T0889: 'Modify Program',
  T0892: 'Change Credential',
  T0893: 'Data from Local System',
};

/** Those that findings name and no operation is used for. */
const OF_FINDINGS: Readonly<Record<string, string>> = {
  T0819: 'Exploit Public-Facing Application',
  T0839: 'Module Firmware',
  T0863: 'User Execution',
  T0866: 'Exploitation of Remote Services',
  T0890: 'Exploitation for Privilege Escalation',
};

/** The name of a technique in English. */
export const techniqueName = (id: string): string | undefined => TECHNIQUES[id] ?? OF_FINDINGS[id];
