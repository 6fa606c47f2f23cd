/** Which part of the manual a setting belongs to. */
export type Section =
  | 'archiving'
  | 'auth'
  | 'autovacuum'
  | 'bgwriter'
  | 'checkpoints'
  | 'client'
  | 'compatibility'
  | 'connection'
  | 'costs'
  | 'developer'
  | 'disk'
  | 'error'
  | 'files'
  | 'geqo'
  | 'io'
  | 'kernel'
  | 'libraries'
  | 'locale'
  | 'locks'
  | 'logging'
  | 'memory'
  | 'methods'
  | 'parallel'
  | 'planner'
  | 'preset'
  | 'recovery'
  | 'replication'
  | 'ssl'
  | 'standby'
  | 'statement'
  | 'statistics'
  | 'subscribers'
  | 'tcp'
  | 'vacuum'
  | 'wal';

/**
 * Every setting of PostgreSQL 10 to 18 (and those of 19 whose figures are known), one per line:
 *
 * name | type | unit | default | least | most | context | section | versions | values | what was different before
 *
 * `max` is the type's own limit: 2147483647, or the largest double. Versions are `first-removed`, each left out
 * where there is none. Values in parentheses are synonyms that the server takes but doesn't list. Defaults are
 * those compiled in, not what initdb writes. The figures come from `pg_settings` of the servers themselves;
 * `test/oracle/postgres/` holds the lines of 15 to one.
 */
export const SETTINGS_TABLE = `
allow_alter_system|bool||on|||sighup|compatibility|17-
allow_in_place_tablespaces|bool||off|||superuser|developer
allow_system_table_mods|bool||off|||superuser|developer|||<13 context=postmaster
application_name|string|||||user|logging
archive_cleanup_command|string|||||sighup|recovery|12-
archive_command|string|||||sighup|archiving
archive_library|string|||||sighup|archiving|15-
archive_mode|enum||off|||postmaster|archiving||always,on,off (true=on,false=off,yes=on,no=off,1=on,0=off)
archive_timeout|int|s|0|0|1073741823|sighup|archiving
array_nulls|bool||on|||user|compatibility
authentication_timeout|int|s|60|1|600|sighup|auth
autovacuum|bool||on|||sighup|autovacuum
autovacuum_analyze_scale_factor|real||0.1|0|100|sighup|autovacuum
autovacuum_analyze_threshold|int||50|0|max|sighup|autovacuum
autovacuum_freeze_max_age|int||200000000|100000|2000000000|postmaster|autovacuum
autovacuum_max_workers|int||3|1|262143|sighup|autovacuum|||<18 context=postmaster
autovacuum_multixact_freeze_max_age|int||400000000|10000|2000000000|postmaster|autovacuum
autovacuum_naptime|int|s|60|1|2147483|sighup|autovacuum
autovacuum_vacuum_cost_delay|real|ms|2|-1|100|sighup|autovacuum|||<12 type=int; <12 default=20
autovacuum_vacuum_cost_limit|int||-1|-1|10000|sighup|autovacuum
autovacuum_vacuum_insert_scale_factor|real||0.2|0|100|sighup|autovacuum|13-
autovacuum_vacuum_insert_threshold|int||1000|-1|max|sighup|autovacuum|13-
autovacuum_vacuum_max_threshold|int||100000000|-1|max|sighup|autovacuum|18-
autovacuum_vacuum_scale_factor|real||0.2|0|100|sighup|autovacuum
autovacuum_vacuum_threshold|int||50|0|max|sighup|autovacuum
autovacuum_work_mem|int|kB|-1|-1|max|sighup|memory
autovacuum_worker_slots|int||16|1|262143|postmaster|autovacuum|18-
backend_flush_after|int|8kB|0|0|256|user|parallel
backslash_quote|enum||safe_encoding|||user|compatibility||safe_encoding,on,off (true=on,false=off,yes=on,no=off,1=on,0=off)
backtrace_functions|string|||||superuser|developer|13-
bgwriter_delay|int|ms|200|10|10000|sighup|bgwriter
bgwriter_flush_after|int|8kB|64|0|256|sighup|bgwriter
bgwriter_lru_maxpages|int||100|0|1073741823|sighup|bgwriter
bgwriter_lru_multiplier|real||2|0|10|sighup|bgwriter
block_size|int||8192|8192|8192|internal|preset
bonjour|bool||off|||postmaster|connection
bonjour_name|string|||||postmaster|connection
bytea_output|enum||hex|||user|statement||escape,hex
check_function_bodies|bool||on|||user|statement
checkpoint_completion_target|real||0.9|0|1|sighup|checkpoints|||<14 default=0.5
checkpoint_flush_after|int|8kB|32|0|256|sighup|checkpoints
checkpoint_timeout|int|s|300|30|86400|sighup|checkpoints
checkpoint_warning|int|s|30|0|max|sighup|checkpoints
client_connection_check_interval|int|ms|0|0|max|user|tcp|14-
client_encoding|string||SQL_ASCII|||user|locale
client_min_messages|enum||notice|||user|statement||debug5,debug4,debug3,debug2,debug1,log,notice,warning,error (debug=debug2,info=info)
cluster_name|string|||||postmaster|logging
commit_delay|int||0|0|100000|superuser|wal
commit_siblings|int||5|0|1000|user|wal
commit_timestamp_buffers|int|8kB|0|0|131072|postmaster|memory|17-
composite_type_mismatch|enum||error|||superuser|developer||error,warn,disabled
compute_query_id|enum||auto|||superuser|statistics|14-|auto,regress,on,off (true=on,false=off,yes=on,no=off,1=on,0=off)
config_file|string|||||postmaster|files
constraint_exclusion|enum||partition|||user|planner||partition,on,off (true=on,false=off,yes=on,no=off,1=on,0=off)
cpu_index_tuple_cost|real||0.005|0|max|user|costs
cpu_operator_cost|real||0.0025|0|max|user|costs
cpu_tuple_cost|real||0.01|0|max|user|costs
createrole_self_grant|string|||||user|statement|16-
cursor_tuple_fraction|real||0.1|0|1|user|planner
data_checksums|bool||off|||internal|preset
data_directory|string|||||postmaster|files
data_directory_mode|int||448|0|511|internal|preset
data_sync_retry|bool||off|||postmaster|error
DateStyle|string||ISO, MDY|||user|locale
db_user_namespace|bool||off|||sighup|auth|-17
deadlock_timeout|int|ms|1000|1|max|superuser|locks
debug_assertions|bool||off|||internal|preset
debug_discard_caches|int||0|0|0|superuser|developer|14-
debug_io_direct|string|||||postmaster|developer|16-
debug_logical_replication_streaming|enum||buffered|||user|developer|16-|buffered,immediate
debug_parallel_query|enum||off|||user|developer|16-|off,on,regress (true=on,false=off,yes=on,no=off,1=on,0=off)
debug_pretty_print|bool||on|||user|logging
debug_print_parse|bool||off|||user|logging
debug_print_plan|bool||off|||user|logging
debug_print_rewritten|bool||off|||user|logging
default_statistics_target|int||100|1|10000|user|planner
default_table_access_method|string||heap|||user|statement|12-
default_tablespace|string|||||user|statement
default_text_search_config|string||pg_catalog.simple|||user|locale
default_toast_compression|enum||pglz|||user|statement|14-|pglz,lz4
default_transaction_deferrable|bool||off|||user|statement
default_transaction_isolation|enum||read committed|||user|statement||serializable,repeatable read,read committed,read uncommitted
default_transaction_read_only|bool||off|||user|statement
default_with_oids|bool||off|||user|compatibility
dynamic_library_path|string||$libdir|||superuser|client
dynamic_shared_memory_type|enum||posix|||postmaster|memory||posix,sysv,mmap|<12 values=posix,sysv,mmap,none
effective_cache_size|int|8kB|524288|1|max|user|costs
effective_io_concurrency|int||16|0|1000|user|parallel|||<18 default=1
enable_async_append|bool||on|||user|methods|14-
enable_bitmapscan|bool||on|||user|methods
enable_distinct_reordering|bool||on|||user|methods|18-
enable_gathermerge|bool||on|||user|methods
enable_group_by_reordering|bool||on|||user|methods|17-
enable_hashagg|bool||on|||user|methods
enable_hashjoin|bool||on|||user|methods
enable_incremental_sort|bool||on|||user|methods|13-
enable_indexonlyscan|bool||on|||user|methods
enable_indexscan|bool||on|||user|methods
enable_material|bool||on|||user|methods
enable_memoize|bool||on|||user|methods|14-
enable_mergejoin|bool||on|||user|methods
enable_nestloop|bool||on|||user|methods
enable_parallel_append|bool||on|||user|methods|11-
enable_parallel_hash|bool||on|||user|methods|11-
enable_partition_pruning|bool||on|||user|methods|11-
enable_partitionwise_aggregate|bool||off|||user|methods|11-
enable_partitionwise_join|bool||off|||user|methods|11-
enable_presorted_aggregate|bool||on|||user|methods|16-
enable_self_join_elimination|bool||on|||user|methods|18-
enable_seqscan|bool||on|||user|methods
enable_sort|bool||on|||user|methods
enable_tidscan|bool||on|||user|methods
escape_string_warning|bool||on|||user|compatibility|-19
event_source|string||PostgreSQL|||postmaster|logging
event_triggers|bool||on|||superuser|statement|17-
exit_on_error|bool||off|||user|error
extension_control_path|string||$system|||superuser|client|18-
extension_destdir|string|||||superuser|files|14-18
external_pid_file|string|||||postmaster|files
extra_float_digits|int||1|-15|3|user|locale|||<12 default=0
file_copy_method|enum||copy|||user|disk|18-|copy,clone
force_parallel_mode|enum||off|||user|developer|-16|off,on,regress (true=on,false=off,yes=on,no=off,1=on,0=off)
from_collapse_limit|int||8|1|max|user|planner
fsync|bool||on|||sighup|wal
full_page_writes|bool||on|||sighup|wal
geqo|bool||on|||user|geqo
geqo_effort|int||5|1|10|user|geqo
geqo_generations|int||0|0|max|user|geqo
geqo_pool_size|int||0|0|max|user|geqo
geqo_seed|real||0|0|1|user|geqo
geqo_selection_bias|real||2|1.5|2|user|geqo
geqo_threshold|int||12|2|max|user|geqo
gin_fuzzy_search_limit|int||0|0|max|user|client
gin_pending_list_limit|int|kB|4096|64|max|user|statement
gss_accept_delegation|bool||off|||sighup|auth|16-
hash_mem_multiplier|real||2|1|1000|user|memory|13-||<15 default=1
hba_file|string|||||postmaster|files
hot_standby|bool||on|||postmaster|standby
hot_standby_feedback|bool||off|||sighup|standby
huge_page_size|int|kB|0|0|max|postmaster|memory|14-
huge_pages|enum||try|||postmaster|memory||off,on,try (true=on,false=off,yes=on,no=off,1=on,0=off)
icu_validation_level|enum||warning|||user|locale|16-|disabled,debug5,debug4,debug3,debug2,debug1,log,notice,warning,error
ident_file|string|||||postmaster|files
idle_in_transaction_session_timeout|int|ms|0|0|max|user|statement
idle_replication_slot_timeout|int|s|0|0|max|sighup|replication|18-
idle_session_timeout|int|ms|0|0|max|user|statement|14-
ignore_checksum_failure|bool||off|||superuser|developer
ignore_invalid_pages|bool||off|||postmaster|developer|13-
ignore_system_indexes|bool||off|||backend|developer
in_hot_standby|bool||off|||internal|preset|14-
integer_datetimes|bool||on|||internal|preset
IntervalStyle|enum||postgres|||user|locale||postgres,postgres_verbose,sql_standard,iso_8601
io_combine_limit|int|8kB|16|1|128|user|parallel|17-||<18 max=32
io_max_combine_limit|int|8kB|16|1|128|postmaster|io|18-
io_max_concurrency|int||-1|-1|1024|postmaster|io|18-
io_method|enum||worker|||postmaster|io|18-|sync,worker,io_uring
io_workers|int||3|1|32|sighup|io|18-19
is_superuser|bool||off|||internal|preset
jit|bool||on|||user|planner|11-||<12 default=off; <19 default=on
jit_above_cost|real||100000|-1|max|user|costs|11-
jit_debugging_support|bool||off|||superuser-backend|developer|11-
jit_dump_bitcode|bool||off|||superuser|developer|11-
jit_expressions|bool||on|||user|developer|11-
jit_inline_above_cost|real||500000|-1|max|user|costs|11-
jit_optimize_above_cost|real||500000|-1|max|user|costs|11-
jit_profiling_support|bool||off|||superuser-backend|developer|11-
jit_provider|string||llvmjit|||postmaster|libraries|11-
jit_tuple_deforming|bool||on|||user|developer|11-
join_collapse_limit|int||8|1|max|user|planner
krb_caseins_users|bool||off|||sighup|auth
krb_server_keyfile|string||FILE:/etc/postgresql-common/krb5.keytab|||sighup|auth|||<11 default=FILE:/usr/local/pgsql/etc/krb5.keytab
lc_collate|string||C|||internal|preset|-16
lc_ctype|string||C|||internal|preset|-16
lc_messages|string|||||superuser|locale
lc_monetary|string||C|||user|locale
lc_numeric|string||C|||user|locale
lc_time|string||C|||user|locale
listen_addresses|string||localhost|||postmaster|connection
lo_compat_privileges|bool||off|||superuser|compatibility
local_preload_libraries|string|||||user|libraries
lock_timeout|int|ms|0|0|max|user|statement
log_autovacuum_min_duration|int|ms|600000|-1|max|sighup|logging|||<15 default=-1
log_checkpoints|bool||on|||sighup|logging|||<15 default=off
log_connections|string|||||superuser-backend|logging|||<18 type=bool; <18 default=off
log_destination|string||stderr|||sighup|logging
log_directory|string||log|||sighup|logging
log_disconnections|bool||off|||superuser-backend|logging
log_duration|bool||off|||superuser|logging
log_error_verbosity|enum||default|||superuser|logging||terse,default,verbose
log_executor_stats|bool||off|||superuser|statistics
log_file_mode|int||384|0|511|sighup|logging
log_filename|string||postgresql-%Y-%m-%d_%H%M%S.log|||sighup|logging
log_hostname|bool||off|||sighup|logging
log_line_prefix|string||%m [%p] |||sighup|logging
log_lock_failures|bool||off|||superuser|logging|18-
log_lock_waits|bool||off|||superuser|logging
log_min_duration_sample|int|ms|-1|-1|max|superuser|logging|13-
log_min_duration_statement|int|ms|-1|-1|max|superuser|logging
log_min_error_statement|enum||error|||superuser|logging||debug5,debug4,debug3,debug2,debug1,info,notice,warning,error,log,fatal,panic (debug=debug2)
log_min_messages|enum||warning|||superuser|logging||debug5,debug4,debug3,debug2,debug1,info,notice,warning,error,log,fatal,panic (debug=debug2)
log_parameter_max_length|int|B|-1|-1|1073741823|superuser|logging|13-
log_parameter_max_length_on_error|int|B|0|-1|1073741823|user|logging|13-
log_parser_stats|bool||off|||superuser|statistics
log_planner_stats|bool||off|||superuser|statistics
log_recovery_conflict_waits|bool||off|||sighup|logging|14-
log_replication_commands|bool||off|||superuser|logging
log_rotation_age|int|min|1440|0|35791394|sighup|logging
log_rotation_size|int|kB|10240|0|max|sighup|logging|||<18 max=2097151
log_startup_progress_interval|int|ms|10000|0|max|sighup|logging|15-
log_statement|enum||none|||superuser|logging||none,ddl,mod,all
log_statement_sample_rate|real||1|0|1|superuser|logging|13-
log_statement_stats|bool||off|||superuser|statistics
log_temp_files|int|kB|-1|-1|max|superuser|logging
log_timezone|string||GMT|||sighup|logging
log_transaction_sample_rate|real||0|0|1|superuser|logging|12-
log_truncate_on_rotation|bool||off|||sighup|logging
logging_collector|bool||off|||postmaster|logging
logical_decoding_work_mem|int|kB|65536|64|max|user|memory|13-
maintenance_io_concurrency|int||16|0|1000|user|parallel|13-||<18 default=10
maintenance_work_mem|int|kB|65536|64|max|user|memory|||<17 min=1024
max_active_replication_origins|int||10|0|262143|postmaster|subscribers|18-
max_connections|int||100|1|262143|postmaster|connection
max_files_per_process|int||1000|64|max|postmaster|kernel|||<13 min=25
max_function_args|int||100|100|100|internal|preset
max_identifier_length|int||63|63|63|internal|preset
max_index_keys|int||32|32|32|internal|preset
max_locks_per_transaction|int||64|10|max|postmaster|locks
max_logical_replication_workers|int||4|0|262143|postmaster|subscribers
max_notify_queue_pages|int||1048576|64|max|postmaster|disk|17-
max_parallel_apply_workers_per_subscription|int||2|0|1024|sighup|subscribers|16-
max_parallel_maintenance_workers|int||2|0|1024|user|parallel|11-
max_parallel_workers|int||8|0|1024|user|parallel
max_parallel_workers_per_gather|int||2|0|1024|user|parallel
max_pred_locks_per_page|int||2|0|max|sighup|locks
max_pred_locks_per_relation|int||-2|-2147483648|max|sighup|locks
max_pred_locks_per_transaction|int||64|10|max|postmaster|locks
max_prepared_transactions|int||0|0|262143|postmaster|memory
max_replication_slots|int||10|0|262143|postmaster|replication
max_slot_wal_keep_size|int|MB|-1|-1|max|sighup|replication|13-
max_stack_depth|int|kB|100|100|max|superuser|memory
max_standby_archive_delay|int|ms|30000|-1|max|sighup|standby
max_standby_streaming_delay|int|ms|30000|-1|max|sighup|standby
max_sync_workers_per_subscription|int||2|0|262143|sighup|subscribers
max_wal_senders|int||10|0|262143|postmaster|replication
max_wal_size|int|MB|1024|2|max|sighup|checkpoints
max_worker_processes|int||8|0|262143|postmaster|parallel
md5_password_warnings|bool||on|||user|auth|18-
min_dynamic_shared_memory|int|MB|0|0|max|postmaster|memory|14-
min_parallel_index_scan_size|int|8kB|64|0|715827882|user|costs
min_parallel_table_scan_size|int|8kB|1024|0|715827882|user|costs
min_wal_size|int|MB|80|2|max|sighup|checkpoints
multixact_member_buffers|int|8kB|32|16|131072|postmaster|memory|17-
multixact_offset_buffers|int|8kB|16|16|131072|postmaster|memory|17-
notify_buffers|int|8kB|16|16|131072|postmaster|memory|17-
oauth_validator_libraries|string|||||sighup|auth|18-
old_snapshot_threshold|int|min|-1|-1|86400|postmaster|parallel|-17
operator_precedence_warning|bool||off|||user|compatibility|-14
output_plugin_libraries|string||pgoutput, test_decoding|||superuser|replication
parallel_leader_participation|bool||on|||user|parallel|11-
parallel_setup_cost|real||1000|0|max|user|costs
parallel_tuple_cost|real||0.1|0|max|user|costs
password_encryption|enum||scram-sha-256|||user|auth||md5,scram-sha-256|<14 default=md5
plan_cache_mode|enum||auto|||user|planner|12-|auto,force_generic_plan,force_custom_plan
port|int||5432|1|65535|postmaster|connection
post_auth_delay|int|s|0|0|2147|backend|developer
pre_auth_delay|int|s|0|0|60|sighup|developer
primary_conninfo|string|||||sighup|standby|12-||<13 context=postmaster
primary_slot_name|string|||||sighup|standby|12-||<13 context=postmaster
promote_trigger_file|string|||||sighup|standby|12-16
quote_all_identifiers|bool||off|||user|compatibility
random_page_cost|real||4|0|max|user|costs
recovery_end_command|string|||||sighup|recovery|12-
recovery_init_sync_method|enum||fsync|||sighup|error|14-|fsync,syncfs
recovery_min_apply_delay|int|ms|0|0|max|sighup|standby|12-
recovery_prefetch|enum||try|||sighup|recovery|15-|off,on,try (true=on,false=off,yes=on,no=off,1=on,0=off)
recovery_target|string|||||postmaster|recovery|12-
recovery_target_action|enum||pause|||postmaster|recovery|12-|pause,promote,shutdown
recovery_target_inclusive|bool||on|||postmaster|recovery|12-
recovery_target_lsn|string|||||postmaster|recovery|12-
recovery_target_name|string|||||postmaster|recovery|12-
recovery_target_time|string|||||postmaster|recovery|12-
recovery_target_timeline|string||latest|||postmaster|recovery|12-
recovery_target_xid|string|||||postmaster|recovery|12-
recursive_worktable_factor|real||10|0.001|1e+06|user|planner|15-
remove_temp_files_after_crash|bool||on|||sighup|developer|14-
replacement_sort_tuples|int||150000|0|max|user|memory|-11
reserved_connections|int||0|0|262143|postmaster|connection|16-
restart_after_crash|bool||on|||sighup|error
restore_command|string|||||sighup|recovery|12-||<14 context=postmaster
restrict_nonsystem_relation_kind|string|||||user|statement|12-
role|string||none|||user|auth
row_security|bool||on|||user|statement
scram_iterations|int||4096|1|max|user|auth|16-
search_path|string||"$user", public|||user|statement
seed|real||0|-1|1|user|client
segment_size|int|8kB|131072|131072|131072|internal|preset
send_abort_for_crash|bool||off|||sighup|developer|16-
send_abort_for_kill|bool||off|||sighup|developer|16-
seq_page_cost|real||1|0|max|user|costs
serializable_buffers|int|8kB|32|16|131072|postmaster|memory|17-
server_encoding|string||SQL_ASCII|||internal|locale
server_version|string|||||internal|preset
server_version_num|int|||||internal|preset
session_authorization|string|||||user|auth
session_preload_libraries|string|||||superuser|libraries
session_replication_role|enum||origin|||superuser|statement||origin,replica,local
shared_buffers|int|8kB|16384|16|1073741823|postmaster|memory|||<15 default=1024
shared_memory_size|int|MB|0|0|max|internal|preset|15-
shared_memory_size_in_huge_pages|int||-1|-1|max|internal|preset|15-
shared_memory_type|enum||mmap|||postmaster|memory|12-|sysv,mmap
shared_preload_libraries|string|||||postmaster|libraries
ssl|bool||off|||sighup|ssl
ssl_ca_file|string|||||sighup|ssl
ssl_cert_file|string||server.crt|||sighup|ssl
ssl_ciphers|string||HIGH:MEDIUM:+3DES:!aNULL|||sighup|ssl
ssl_crl_dir|string|||||sighup|ssl|14-
ssl_crl_file|string|||||sighup|ssl
ssl_dh_params_file|string|||||sighup|ssl
ssl_ecdh_curve|string||prime256v1|||sighup|ssl|-18
ssl_groups|string||X25519:prime256v1|||sighup|ssl|18-
ssl_key_file|string||server.key|||sighup|ssl
ssl_library|string||OpenSSL|||internal|preset
ssl_max_protocol_version|enum|||||sighup|ssl|12-|,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_min_protocol_version|enum||TLSv1.2|||sighup|ssl|12-|TLSv1,TLSv1.1,TLSv1.2,TLSv1.3|<13 default=TLSv1
ssl_passphrase_command|string|||||sighup|ssl|11-
ssl_passphrase_command_supports_reload|bool||off|||sighup|ssl|11-
ssl_prefer_server_ciphers|bool||on|||sighup|ssl
ssl_renegotiation_limit|int||0|0|0|user|compatibility
ssl_tls13_ciphers|string|||||sighup|ssl|18-
standard_conforming_strings|bool||on|||user|compatibility
statement_timeout|int|ms|0|0|max|user|statement
stats_fetch_consistency|enum||cache|||user|statistics|15-|none,cache,snapshot
stats_temp_directory|string||pg_stat_tmp|||sighup|statistics|-15
subtransaction_buffers|int|8kB|0|0|131072|postmaster|memory|17-
summarize_wal|bool||off|||sighup|wal|17-
superuser_reserved_connections|int||3|0|262143|postmaster|connection
sync_replication_slots|bool||off|||sighup|standby|17-
synchronize_seqscans|bool||on|||user|compatibility
synchronized_standby_slots|string|||||sighup|replication|17-
synchronous_commit|enum||on|||user|wal||local,remote_write,remote_apply,on,off (true=on,false=off,yes=on,no=off,1=on,0=off)
synchronous_standby_names|string|||||sighup|replication
syslog_facility|enum||local0|||sighup|logging||local0,local1,local2,local3,local4,local5,local6,local7
syslog_ident|string||postgres|||sighup|logging
syslog_sequence_numbers|bool||on|||sighup|logging
syslog_split_messages|bool||on|||sighup|logging
tcp_keepalives_count|int||0|0|max|user|tcp
tcp_keepalives_idle|int|s|0|0|max|user|tcp
tcp_keepalives_interval|int|s|0|0|max|user|tcp
tcp_user_timeout|int|ms|0|0|max|user|tcp|12-
temp_buffers|int|8kB|1024|100|1073741823|user|memory
temp_file_limit|int|kB|-1|-1|max|superuser|disk
temp_tablespaces|string|||||user|statement
TimeZone|string||GMT|||user|locale
timezone_abbreviations|string|||||user|locale
trace_connection_negotiation|bool||off|||postmaster|developer|17-
trace_notify|bool||off|||user|developer
trace_recovery_messages|enum||log|||sighup|developer|-17|debug5,debug4,debug3,debug2,debug1,log,notice,warning,error (debug=debug2,info=info)
trace_sort|bool||off|||user|developer
track_activities|bool||on|||superuser|statistics
track_activity_query_size|int|B|1024|100|1048576|postmaster|statistics|||<11 unit=; <13 max=102400
track_commit_timestamp|bool||off|||postmaster|replication
track_cost_delay_timing|bool||off|||superuser|statistics|18-
track_counts|bool||on|||superuser|statistics
track_functions|enum||none|||superuser|statistics||none,pl,all
track_io_timing|bool||off|||superuser|statistics
track_wal_io_timing|bool||off|||superuser|statistics|14-
transaction_buffers|int|8kB|0|0|131072|postmaster|memory|17-
transaction_deferrable|bool||off|||user|statement
transaction_isolation|enum||read committed|||user|statement||serializable,repeatable read,read committed,read uncommitted|<12 type=string; <12 default=default; <12 values=
transaction_read_only|bool||off|||user|statement
transaction_timeout|int|ms|0|0|max|user|statement|17-
transform_null_equals|bool||off|||user|compatibility
unix_socket_directories|string||/var/run/postgresql|||postmaster|connection
unix_socket_group|string|||||postmaster|connection
unix_socket_permissions|int||511|0|511|postmaster|connection
update_process_title|bool||on|||superuser|logging
vacuum_buffer_usage_limit|int|kB|2048|0|16777216|user|memory|16-||<17 default=256
vacuum_cleanup_index_scale_factor|real||0.1|0|1e+10|user|statement|11-14
vacuum_cost_delay|real|ms|0|0|100|user|vacuum|||<12 type=int
vacuum_cost_limit|int||200|1|10000|user|vacuum
vacuum_cost_page_dirty|int||20|0|10000|user|vacuum
vacuum_cost_page_hit|int||1|0|10000|user|vacuum
vacuum_cost_page_miss|int||2|0|10000|user|vacuum|||<14 default=10
vacuum_defer_cleanup_age|int||0|0|1000000|sighup|replication|-16
vacuum_failsafe_age|int||1600000000|0|2100000000|user|statement|14-
vacuum_freeze_min_age|int||50000000|0|1000000000|user|statement
vacuum_freeze_table_age|int||150000000|0|2000000000|user|statement
vacuum_max_eager_freeze_failure_rate|real||0.03|0|1|user|vacuum|18-
vacuum_multixact_failsafe_age|int||1600000000|0|2100000000|user|statement|14-
vacuum_multixact_freeze_min_age|int||5000000|0|1000000000|user|statement
vacuum_multixact_freeze_table_age|int||150000000|0|2000000000|user|statement
vacuum_truncate|bool||on|||user|vacuum|18-
wal_block_size|int||8192|8192|8192|internal|preset
wal_buffers|int|8kB|-1|-1|262143|postmaster|wal
wal_compression|enum||off|||superuser|wal||pglz,lz4,zstd,on,off (on=pglz,true=pglz,false=off,yes=pglz,no=off,1=pglz,0=off)|<15 type=bool; <15 values=
wal_consistency_checking|string|||||superuser|developer
wal_decode_buffer_size|int|B|524288|65536|1073741823|postmaster|recovery|15-
wal_init_zero|bool||on|||superuser|wal|12-
wal_keep_segments|int||0|0|max|sighup|replication|-13
wal_keep_size|int|MB|0|0|max|sighup|replication|13-
wal_level|enum||replica|||postmaster|wal||minimal,replica,logical (archive=replica,hot_standby=replica)
wal_log_hints|bool||off|||postmaster|wal
wal_receiver_create_temp_slot|bool||off|||sighup|standby|13-
wal_receiver_status_interval|int|s|10|0|2147483|sighup|standby
wal_receiver_timeout|int|ms|60000|0|max|sighup|standby
wal_recycle|bool||on|||superuser|wal|12-
wal_retrieve_retry_interval|int|ms|5000|1|max|sighup|standby
wal_segment_size|int|B|16777216|1048576|1073741824|internal|preset
wal_sender_timeout|int|ms|60000|0|max|user|replication|||<12 context=sighup
wal_skip_threshold|int|kB|2048|0|max|user|wal|13-
wal_summary_keep_time|int|min|14400|0|35791394|sighup|wal|17-
wal_sync_method|enum||fdatasync|||sighup|wal||fsync,fdatasync,open_sync,open_datasync
wal_writer_delay|int|ms|200|1|10000|sighup|wal
wal_writer_flush_after|int|8kB|128|0|max|sighup|wal
work_mem|int|kB|4096|64|max|user|memory
xmlbinary|enum||base64|||user|statement||base64,hex
xmloption|enum||content|||user|statement||content,document
zero_damaged_pages|bool||off|||superuser|developer
`;
