import { TRUNK_HEADER } from '../asterisk/trunks/trunk-header.js';
import { GROUP } from './kamailio-tables.js';
import type { SipAddress } from './front-settings.js';

/** The names of the files in Kamailio's folder. */
export const FILES = {
  config: 'kamailio.cfg',
  nodes: 'dispatcher.list',
  addresses: 'address.list',
  /** A table of the module `db_text`. */
  routes: 'tables/routes',
  /** The socket for `kamcmd`. */
  control: 'control',
} as const;

/** Seconds. Phones register again so soon: after the death of a node, they are on the next one. */
const REGISTRATION_S = 60;
/**
 * Seconds. A node that was away for longer than {@link FORGOTTEN_S} gets registrations at once, and calls only after this time: its
 * phones are there then. The node that stood in keeps a registration for the 300 s that it was asked for.
 */
const RETURN_S = 75;
const FORGOTTEN_S = 30;
/** Refused logins in ten minutes, after which an address that has never proved a password gets no answer. */
const MOST_REFUSED = 20;

/**
 * Kamailio's configuration. It depends on addresses of the machine only; the company is in the tables.
 * Everything that it does not name is refused, and nothing in it is secret.
 *
 * @param folder absolute path of the folder with the other files
 */
export function kamailioConfig(front: SipAddress, folder: string): string {
  return `#!KAMAILIO
# Written by "cordboard kamailio", which overwrites changes. Kamailio 5.6.

debug=2
children=8
auto_aliases=no
listen=udp:${front.host}:${front.port}
listen=tcp:${front.host}:${front.port}

loadmodule "tm.so"
loadmodule "tmx.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "sanity.so"
loadmodule "nathelper.so"
loadmodule "permissions.so"
loadmodule "dispatcher.so"
loadmodule "db_text.so"
loadmodule "htable.so"
loadmodule "xlog.so"
loadmodule "ctl.so"

modparam("ctl", "binrpc", "unix:${folder}/${FILES.control}")

# Two seconds for the first answer; ten minutes for a phone that rings.
modparam("tm", "fr_timer", 2000)
modparam("tm", "fr_inv_timer", 600000)
modparam("tm", "max_inv_lifetime", 900000)

modparam("permissions", "address_file", "${folder}/${FILES.addresses}")
modparam("permissions", "peer_tag_avp", "$avp(trunk)")
modparam("permissions", "reload_delta", 0)

# Each node is asked every second. Without two answers it is away, with two it is back.
# An Asterisk that starts answers 503; one that works asks this unknown caller for a password.
modparam("dispatcher", "list_file", "${folder}/${FILES.nodes}")
modparam("dispatcher", "flags", 2)
modparam("dispatcher", "xavp_dst", "node")
modparam("dispatcher", "ds_ping_method", "OPTIONS")
modparam("dispatcher", "ds_ping_from", "sip:front@${front.host}")
modparam("dispatcher", "ds_ping_interval", 1)
modparam("dispatcher", "ds_probing_mode", 1)
modparam("dispatcher", "ds_probing_threshold", 2)
modparam("dispatcher", "ds_inactive_threshold", 2)
modparam("dispatcher", "ds_ping_reply_codes", "class=2;code=401;code=404")

# The table is read from the file each time.
modparam("db_text", "db_mode", 1)
modparam("htable", "db_url", "text://${folder}/tables")
modparam("htable", "htable", "routes=>size=12;dbtable=routes;")
modparam("htable", "htable", "away=>size=6;")
modparam("htable", "htable", "returned=>size=6;autoexpire=${RETURN_S};")
modparam("htable", "htable", "refused=>size=10;autoexpire=600;initval=0;")
modparam("htable", "htable", "proved=>size=12;autoexpire=604800;")

request_route {
  # Groups: ${GROUP.phones} phones, ${GROUP.nodes} nodes, ${GROUP.trunks} trunks. Others get no answer.
  $var(group) = allow_source_address_group();
  if ($var(group) < ${GROUP.phones} || $var(group) > ${GROUP.trunks}) exit;
  if (!mf_process_maxfwd_header("10")) {
    sl_send_reply("483", "Too Many Hops");
    exit;
  }
  if (!sanity_check("17895", "7")) exit;
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    exit;
  }
  if (!is_method("ACK")) {
    if (t_precheck_trans()) {
      t_check_trans();
      exit;
    }
    t_check_trans();
  }
  if ($var(group) == ${GROUP.nodes}) route(FROM_NODE);
  if ($var(group) == ${GROUP.phones}) route(CHECK_PHONE);
  # The node finds the sender by it again, behind NAT too.
  force_rport();
  if (is_present_hf("Contact") && $ct != "*") set_contact_alias();
  remove_hf("${TRUNK_HEADER}");
  if (has_totag()) route(IN_DIALOG);
  # Only nodes may name a route.
  remove_hf("Route");
  if (is_method("OPTIONS") && $rU == $null) {
    sl_send_reply("200", "OK");
    exit;
  }
  if (is_method("REGISTER") && $var(group) == ${GROUP.phones}) route(REGISTER);
  if (!is_method("INVITE|SUBSCRIBE")) {
    if (!is_method("ACK")) sl_send_reply("405", "Method Not Allowed");
    exit;
  }
  if ($var(group) == ${GROUP.trunks}) {
    allow_source_address("${GROUP.trunks}");
    append_hf("${TRUNK_HEADER}: $avp(trunk)\\r\\n");
  }
  $avp(routes) = $sht(routes=>to/$(rU{s.select,0,;}));
  if ($avp(routes) == $null && $var(group) == ${GROUP.phones}) $avp(routes) = $sht(routes=>from/$fU);
  if ($avp(routes) == $null) $avp(routes) = $sht(routes=>others);
  record_route();
  route(TO_NODE);
}

# A phone has the name of a handset, one address, and not too many wrong passwords.
route[CHECK_PHONE] {
  if ($sht(refused=>$si) > ${MOST_REFUSED}) exit;
  $avp(source) = $si;
  if (is_present_hf("Authorization") || is_present_hf("Proxy-Authorization")) setflag(1);
  if (!has_totag() && !is_method("OPTIONS|ACK") && $sht(routes=>from/$fU) == $null) {
    $var(times) = $shtinc(refused=>$si);
    sl_send_reply("403", "Forbidden");
    exit;
  }
  if ($hdrc(Contact) > 1 || $ct =~ "^[^\\",]*(\\"[^\\"]*\\"[^\\",]*)*,") {
    sl_send_reply("403", "One Contact Only");
    exit;
  }
}

route[REGISTER] {
  if ($tU != $fU) {
    sl_send_reply("403", "Forbidden");
    exit;
  }
  $avp(routes) = $sht(routes=>from/$fU);
  route(TO_NODE);
}

# Calls of a dialog that exists go to the node that has it, and nowhere else.
route[IN_DIALOG] {
  if (!loose_route()) {
    if (is_method("ACK") && t_check_trans()) t_relay();
    else if (!is_method("ACK")) sl_send_reply("404", "Not Here");
    exit;
  }
  if ($du == $null) $du = "sip:" + $rd + ":" + $rp;
  if (!allow_address("${GROUP.nodes}", "$dd", "$dp")) {
    if (is_method("ACK")) t_check_trans();
    else sl_send_reply("403", "Forbidden");
    exit;
  }
  t_relay();
  exit;
}

# A node reaches phones that have registered or call, and trunks.
route[FROM_NODE] {
  loose_route();
  if (is_method("INVITE|SUBSCRIBE") && !has_totag()) record_route();
  # Where the other side really sent from: the last one is that of Kamailio, and not one that a phone wrote. 2 is TCP.
  if ($du == $null && $ru =~ ";alias=[0-9.]+~[0-9]+~[12]") {
    $var(alias) = $(ru{re.subst,/^.*;alias=([0-9.]+~[0-9]+~[12]).*$/\\1/});
    # The host that the phone gave itself, in place of this one.
    $var(own) = $(ru{uri.param,x-ast-orig-host});
    $ru = $(ru{re.subst,/;alias=[^;]*//g});
    if ($var(own) =~ "^[0-9.]+:[0-9]+$") {
      $rd = $(var(own){s.select,0,:});
      $rp = $(var(own){s.select,1,:});
    }
    $du = "sip:" + $(var(alias){s.select,0,~}) + ":" + $(var(alias){s.select,1,~});
    if ($(var(alias){s.select,2,~}) == "2") $du = $du + ";transport=tcp";
  }
  if ($du == $null) $var(known) = allow_address("${GROUP.trunks}", "$rd", "$rp");
  else if (allow_address("${GROUP.phones}", "$dd", "$dp")) $var(known) = 1;
  else $var(known) = allow_address("${GROUP.trunks}", "$dd", "$dp");
  if ($var(known) < 0) {
    if (!is_method("ACK")) sl_send_reply("403", "Forbidden");
    exit;
  }
  remove_hf("${TRUNK_HEADER}");
  # The other side has more time than a node.
  t_set_fr(0, 8000);
  t_on_reply("FROM_OUTSIDE");
  t_relay();
  exit;
}

route[TO_NODE] {
  if (!ds_select_routes("$avp(routes)", "d")) {
    sl_send_reply("503", "No Node");
    exit;
  }
  if (!is_method("REGISTER")) {
    # One that was away long has not its phones back yet.
    $var(more) = 1;
    while ($sht(returned=>$du) != $null && $var(more) == 1) {
      if (!ds_next_dst()) $var(more) = 0;
    }
    if ($var(more) == 0) ds_select_routes("$avp(routes)", "d");
  }
  t_on_failure("NEXT_NODE");
  t_on_reply("ANSWERED");
  t_relay();
  exit;
}

# No answer within two seconds, or no service: the same request to the next node.
failure_route[NEXT_NODE] {
  if (t_is_canceled()) exit;
  if (!t_branch_timeout() && !t_check_status("500|503")) exit;
  if (t_branch_timeout() && !t_branch_replied()) {
    $sht(away=>$xavp(node=>uri)) = $Ts;
    ds_mark_dst("ip");
    xlog("L_WARN", "node $xavp(node=>uri) did not answer: the next one gets the request\\n");
  }
  if (!ds_next_dst()) exit;
  t_on_failure("NEXT_NODE");
  t_on_reply("ANSWERED");
  t_relay();
}

onreply_route[FROM_OUTSIDE] {
  if (is_present_hf("Contact")) set_contact_alias();
}

onreply_route[ANSWERED] {
  if (!is_method("REGISTER|INVITE")) return;
  if (isflagset(1) && $avp(source) != $null) {
    if ($rs == 200) {
      $sht(proved=>$avp(source)) = 1;
      $sht(refused=>$avp(source)) = $null;
    }
    if (($rs == 401 || $rs == 403) && !($(hdr(WWW-Authenticate)) =~ "stale=true") && $sht(proved=>$avp(source)) == $null)
      $var(times) = $shtinc(refused=>$avp(source));
  }
  if (is_method("REGISTER") && $rs == 200) {
    subst_hf("Contact", "/;alias=[^;>]*//g", "a");
    subst_hf("Contact", "/expires=([6-9][0-9]|[0-9]{3,})/expires=${REGISTRATION_S}/g", "a");
    subst_hf("Expires", "/([6-9][0-9]|[0-9]{3,})/${REGISTRATION_S}/", "a");
  }
}

event_route[dispatcher:dst-down] {
  # A call that found out is no OPTIONS; it has noted the time.
  if (!is_method("OPTIONS")) return;
  $sht(away=>$ru) = $Ts;
  xlog("L_WARN", "node $ru does not answer: its calls and phones go to the next one\\n");
}

event_route[dispatcher:dst-up] {
  if ($sht(away=>$ru) != $null && $Ts - $sht(away=>$ru) > ${FORGOTTEN_S}) $sht(returned=>$ru) = 1;
  $sht(away=>$ru) = $null;
  xlog("L_WARN", "node $ru answers again\\n");
}

event_route[core:worker-one-init] {
  xlog("L_WARN", "kamailio is ready\\n");
}
`;
}
