/** Where AMI is, and as whom to log in. */
export interface AmiAddress {
  host: string;
  port: number;
  user: string;
  password: string;
}
