/** Words of the names of operations and of the places where devices state what they are, in
 *  Chinese. `names.zh.ts` puts them together; its test asks for every name of every protocol. */

/** Words that mean something else together. */
export const PHRASES = `
follow_up=后续报文 data_in=数据输入 set_point_values=设置点值 restart_file=重新开始文件
start_download=开始下载 start_upload=开始上传 start_file=开始文件 list_objects=列出对象 no_quality=无质量
switch_on=接通 switch_off=断开 half_close=半关闭 log_in=登录 step_in=单步进入 step_out=单步跳出
step_over=单步越过 data_set=数据集 name_list=名称列表 single_point=单点 single_points=单点 double_point=双点
set_point=设定值 step_position=步位置 regulating_step=调节步 integrated_totals=累计量
holding_registers=保持寄存器 holding_register=保持寄存器 input_registers=输入寄存器 discrete_inputs=离散输入
event_condition=事件条件 event_action=事件动作 event_enrollment=事件登记 program_invocation=程序调用
program_invocations=程序调用 object_dictionary=对象字典 unit_control=单元控制 secure_channel=安全通道
shut_down=关机 cold_start=冷启动 warm_start=热启动 cold_restart=冷重启 warm_restart=热重启
restart_cold=冷重启 restart_warm=热重启 hot_restart=热重启 time_sync=时间同步 foreign_device=外部设备
file_system=文件系统 access_control=访问控制 access_right=访问权限 wall_clock=挂钟 name_of_station=站名称
type_of_station=站类型 serial_number=序列号 network_number=网络号 node_number=节点号 i_and_m=I&M
no_response=无需响应 not_supported=不受支持 not_implemented=未实现 not_found=未找到 not_functioning=不工作
not_acceptable=不可接受 not_possible=不可能 link_up=链路接通 link_down=链路断开 output_tasks=输出任务
register_server=注册服务器 register_servers=注册服务器 register_nodes=注册节点 register_session=注册会话
register_user=注册用户 register_users=注册用户 unregister_session=注销会话 unregister_nodes=注销节点
register_foreign=注册外部 register_boot=注册引导 list_files=列出文件 list_directory=列出目录
list_services=列出服务 list_identity=列出标识 list_interfaces=列出接口 list_targets=列出目标
list_blocks=列出块 list_users=列出用户 read_write=读写 up_acknowledge=上行确认 down_acknowledge=下行确认
high_speed=高速 set_reset=置位复位 force_listen_only=强制仅监听 listen_only=仅监听 self_test=自检
go_ahead=继续 too_large=过大 too_long=过长 too_many=过多 max_age=最大时效 device_level_ring=设备级环网
ethernet_link=以太网链路 message_router=报文路由器 connection_manager=连接管理器 tcp_ip=TCP/IP
multiple_service_packet=多服务包 get_attributes_all=获取全部属性 set_attributes_all=设置全部属性
get_attribute_single=获取单个属性 set_attribute_single=设置单个属性 get_attribute_list=获取属性列表
set_attribute_list=设置属性列表 get_all_instances=获取全部实例 change_of_state=状态变化
report_by_exception=例外报告 initial_values=初始值 device_status=设备状态 module_status=模块状态
master_key=主密钥 key_exchange=密钥交换 host_name=主机名 user_name=用户名 program_name=程序名
program_names=程序名 primary_variable=主变量 dynamic_variable=动态变量 dynamic_variables=动态变量
device_variable=设备变量 device_variables=设备变量 data_dictionary=数据字典 time_stamp=时标 real_time=实时
request_download=请求下载 request_upload=请求上传 request_key=请求密钥 request_nonce=请求随机数
request_file=请求文件 request_device=请求设备 request_variable=请求变量 request_master=请求主
request_time=请求时间 request_class=请求类别 request_active=请求活动 request_channel=请求通道
request_history=请求历史 request_single=请求单个 report_alarm=报告报警 log_book=运行日志 memory_card=存储卡
power_supply=电源 boot_project=引导工程`;

/** Names that are translated as a whole. */
export const WHOLE = `
i_am=我是（I-Am） i_have=我有（I-Have） who_is=谁是（Who-Is） who_has=谁有（Who-Has）
you_are=你是（You-Are） who_am_i=我是谁（Who-Am-I） on_demand=按需 on_read_complete=读取完成时
on_write_complete=写入完成时 on_data_change=数据变化时 what_is_network_number=网络号查询
network_number_is=网络号声明 will=愿意（WILL） wont=拒绝（WONT） do=要求（DO） dont=不要求（DONT）
pass=口令（PASS） port=端口（PORT） site=站点命令（SITE） stat=状态（STAT） user=用户（USER） help=帮助
list=列表 opts=选项（OPTS） name=名称 i_could_be_router_to_network=可作为通往网络的路由器
i_am_router_to_network=我是通往网络的路由器 who_is_router_to_network=谁是通往网络的路由器
reply_to_challenge=回复质询`;

/** Words alone. */
export const WORDS = `
abandon=放弃 abor=中止 abort=中止 aborted=已中止 accept=接受 acceptable=可接受 accepted=已接受 access=访问 accumulator=累加器
ack=确认 acknowledge=确认 acknowledged=已确认 acknowledgement=确认 acquire=获取 acquisition=采集 action=动作 activate=激活 activation=激活
active=活动 activity=活动 actuator=执行器 acyclic=非周期 adapters=适配器 add=添加 additional=附加 address=地址 addresses=地址
adjust=调整 adjustment=调整 administer=管理 advertise=通告 advertisement=通告 advertising=通告 age=时效 aggregated=聚合
aggregates=聚合 aggressive=激进 agreement=协商 ahead=先行 alarm=报警 alarms=报警 alert=警报 alive=存活 all=全部
allocate=分配 allocated=已分配 allowed=允许 alter=更改 alternate=备用 am=是 analog=模拟量 analyse=分析 and=和 announce=通告
announcement=通告 annunciation=通告 answer=应答 answers=应答 api=接口 application=应用 apply=应用 are=是 area=区域
areas=区域 as=作为 assembly=组件 assets=资产 assign=指派 assigned=已指派 assignment=指派 assignments=指派 associate=关联
association=关联 asymmetric=非对称 async=异步 asynchronous=异步 at=在 atomic=原子 attach=附加 attached=已附加
attention=注意 attribute=属性 attributes=属性 audit=审计 auth=认证 authenticate=认证 authentication=认证 authorize=授权
auto=自动 automatic=自动 available=可用 axis=轴 backup=备份 bad=错误 base=基准 basic=基本 batch=批量 battery=电池 beacon=信标
become=成为 begin=开始 big=大 bind=绑定 binlog=二进制日志 birth=上线 bit=位 bits=位 bitstring=位串 block=块 blocks=块
body=正文 book=簿 boot=引导 break=中断 breakpoint=断点 broadcast=广播 browse=浏览 browser=浏览器 buffer=缓冲区 bulk=批量
burst=突发 bus=总线 busy=忙 bye=再见 byebye=离线 byte=字节 bytes=字节 cache=缓存 calendar=日程 call=调用 cancel=取消
cancelled=已取消 canonicalize=规范化 capabilities=能力 capability=能力 card=卡 cassette=盒 catch=捕获 categories=类别
caught=已捕获 certificate=证书 challenge=质询 change=更改 changed=已更改 changes=更改 channel=通道 channels=通道
character=字符 chassis=机架 check=检查 checkback=回检 checksum=校验和 child=子级 choice=选择 cipher=加密 ciphered=加密
claim=声明 class=类别 classes=类别 cleanup=清理 clear=清除 clearance=许可 cleared=已清除 client=客户端 clients=客户端
clock=时钟 clone=克隆 close=关闭 cluster=集群 code=代码 coil=线圈 coils=线圈 cold=冷 coldstart=冷启动 collect=收集 comm=通信
command=命令 commands=命令 comments=注释 common=公共 communication=通信 communications=通信 compact=紧凑 companion=伴生
compare=比较 compatibility=兼容 complete=完成 completed=已完成 components=组件 compressed=压缩 conclude=结束
condition=条件 conditional=有条件 conditions=条件 configurable=可配置 configuration=组态 configure=配置 configured=已配置
confirm=确认 confirmation=确认 confirmed=有确认 conflict=冲突 connect=连接 connected=已连接 connection=连接
consistency=一致性 content=内容 context=上下文 continue=继续 control=控制 controlled=受控 controller=控制器 controls=控制
conversion=转换 copy=复制 could=能 count=计数 counter=计数器 counters=计数器 country=国家 coup=抢占 covering=覆盖 cpus=CPU
create=创建 created=已创建 current=电流 custom=自定义 cutoff=截止 cycle=周期 cycles=周期 cyclic=周期 daily=每日 damping=阻尼
data=数据 database=数据库 datatypes=数据类型 date=日期 days=日 dead=死 death=离线 debug=调试 decline=谢绝 deconfigure=取消配置
deconfigured=已取消配置 dedicated=专用 default=默认 defaults=默认值 define=定义 defined=定义 delay=延迟 delayed=延迟
delete=删除 deleted=已删除 delimiter=定界 demand=需求 denied=被拒绝 deprecated=弃用 deregister=注销 describe=描述
description=描述 descriptor=描述符 descriptors=描述符 destination=目的地 detach=分离 details=详情 detection=检测 device=设备
devices=设备 diagnostic=诊断 diagnostics=诊断 dial=拨号 dictionary=字典 differences=差异 direct=直接 directory=目录
disable=禁用 disabled=已禁用 discarded=已丢弃 disconnect=断开 discover=发现 discrete=离散量 disk=磁盘 display=显示
dispose=销毁 distribute=分发 distribution=分发 do=执行 domain=域 done=完成 dont=不要 door=门 double=双 down=断开
download=下载 downloaded=已下载 drive=驱动器 driven=驱动 driver=驱动 drop=丢弃 dummy=空 dump=转储 duplicate=重复 dynamic=动态
early=提前 echo=回显 edit=编辑 elected=已当选 election=选举 element=元素 emergency=紧急 empty=空 enable=启用 enabled=已启用
encapsulated=封装 enciphered=加密 encrypted=加密 end=结束 ended=已结束 endpoints=端点 energy=能量 engineer=工程师
enroll=登记 enrollment=登记 enter=进入 entity=实体 entries=条目 entry=条目 enumerate=枚举 enumeration=枚举
enumerator=枚举器 erase=擦除 error=错误 escape=转义 establish=建立 ethernet=以太网 evaluate=评估 event=事件 eventpoint=事件点
events=事件 ex=扩展 exceeded=超时 exception=异常 exchange=交换 execute=执行 execution=执行 exit=退出 expected=预期
expedited=快速 explore=探查 export=导出 extended=扩展 extension=扩展 factory=出厂 failed=失败 failure=失败 fatal=致命
fault=故障 faults=故障 feature=特性 federated=联合 fetch=取出 field=字段 fields=字段 file=文件 files=文件 fill=填充
filter=过滤 filters=过滤器 final=最终 find=查找 finish=完成 finished=已完成 firmware=固件 first=第一 fixed=固定 flag=标志
flags=标志 flash=闪存 float=浮点 flow=流量 flush=冲刷 follow=跟随 following=跟随 for=为 forbidden=禁止 force=强制 forced=强制
forces=强制 foreign=外部 format=格式 forward=转发 forwarded=已转发 found=找到 fragment=分片 fragmented=分片 frame=帧
freeze=冻结 from=从 full=完全 function=功能 functioning=工作 functions=功能 gain=增益 gap=间隙 gateway=网关 general=通用
generic=通用 get=获取 go=继续 graph=图 graphs=图 greeting=问候 group=组 groups=组 guidelines=准则 half=半 halt=停机
halted=已停机 handle=句柄 handles=句柄 handshake=握手 hangup=挂断 hardware=硬件 has=拥有 have=拥有 head=头 header=头
headers=头 health=健康 heartbeat=心跳 hello=问候 help=帮助 high=高 historian=历史站 history=历史 hold=保持 holding=保持
homed=归属 hop=跳 host=主机 hot=热 ident=标识 identification=标识 identifier=标识符 identify=识别 identity=标识 idle=空闲
ids=编号 ignore=忽略 image=映像 immediate=立即 implant=植入 implemented=已实现 implicit=隐式 inactive=非活动
inappropriate=不当 incomplete=不完整 inconsistency=不一致 index=索引 indicate=指示 indication=指示 individual=单个
info=信息 inform=告知 information=信息 init=初始化 initial=初始 initialise=初始化 initialization=初始化 initialize=初始化
initiate=发起 input=输入 inputs=输入 insert=插入 instance=实例 instances=实例 instruction=指令 insufficient=不足 int=整数
integrated=累计 inter=间 interactive=交互 interconnection=互连 interface=接口 interfaces=接口 intermediate=中间
internal=内部 interrogation=召唤 interrupt=中断 interrupted=已中断 invalid=无效 inverse=反向 invitation=邀请 invite=邀请
invocation=调用 invocations=调用 invoke=调用 is=是 item=项 items=项 job=作业 join=加入 joining=加入 journal=日志 keep=保持
key=密钥 kick=剔除 kill=终止 label=标签 ladder=梯形图 language=语言 large=过大 last=最后 latch=锁存 launch=启动 learn=学习
learning=学习 lease=租约 leave=离开 led=指示灯 leds=指示灯 lengths=长度 level=电平 levels=级别 life=生命周期 limit=限值
limiter=限幅器 limits=限值 line=线路 link=链路 links=链路 list=列表 listen=监听 listener=监听者 lists=列表 liveliness=存活性
load=加载 loaded=已加载 loader=加载器 local=本地 locale=区域设置 locales=区域设置 locate=定位 location=位置 lock=锁定 locked=已锁定
locking=锁定 log=日志 logged=记录 logger=记录器 logical=逻辑 login=登录 logoff=注销 logon=登录 logout=注销 long=长 lookup=查找
loop=回路 loopback=环回 lost=丢失 low=低 lower=下限 mailbox=邮箱 main=主 make=建立 manage=管理 management=管理 manager=管理器
managing=管理 manufacturer=制造商 many=许多 map=映射 mapping=映射 mark=标记 marker=标记 mask=掩码 masked=掩码 master=主站
max=最大 maximum=最大 measure=测量 measured=测量 measurement=测量 mechanism=机制 media=介质 member=成员 members=成员
membership=成员资格 memory=内存 message=报文 meter=仪表 method=方法 min=最小 minimum=最小 mode=模式 model=型号
modification=修改 modifications=修改 modified=已修改 modify=修改 module=模块 monitor=监视 monitored=监视 monitoring=监视
motion=运动 move=移动 multi=多 multiple=多个 my=本站 name=名称 named=命名 names=名称 negative=否定 negotiate=协商
neighbor=邻居 neighbour=邻居 net=网络 network=网络 new=新 next=下一个 nickname=别名 no=无 node=节点 nodes=节点
normalized=归一化 not=未 notification=通知 notify=通知 null=空 number=编号 object=对象 objects=对象 observe=观察
obtain=获得 off=关闭 offer=提供 offset=偏移 old=旧 on=开启 once=一次 one=一 online=在线 only=仅 open=打开 operate=操作
operating=运行 operation=操作 operational=运行 operations=操作 option=选项 options=选项 or=或 order=顺序 ordered=有序
organization=组织 origin=原点 orphaned=孤立 other=其他 others=其他 out=输出 output=输出 outputs=输出 over=超出 overrun=溢出
own=本机 owner=所有者 pack=打包 packed=成组 packet=数据包 pad=填充 page=页面 parameter=参数 parameters=参数 parse=解析
partial=部分 participant=参与者 pass=通过 passing=传递 passive=被动 passthrough=透传 password=口令 patch=补丁 path=路径
paths=路径 pause=暂停 paused=已暂停 payload=载荷 peek=查看 peer=对端 pending=待定 percent=百分比 perform=执行 period=周期
periodic=周期 periodically=周期性 permit=允许 permitted=已允许 persuasion=劝导 phase=阶段 physical=物理 pin=引脚 ping=探测
pipe=管道 plug=接入 point=点 pointer=指针 pointers=指针 points=点 poll=轮询 polling=轮询 pool=池 port=端口 position=位置
positions=位置 positive=肯定 possible=可能 post=提交 postponed=推迟 power=电源 pre=预 preambles=前导码 precondition=前提
prefix=前缀 preload=预加载 prepare=准备 present=存在 primary=主 print=打印 priority=优先级 private=私有 privilege=权限
problem=问题 procedure=过程 process=进程 processed=已处理 processing=处理 producing=生产 production=生产 profile=配置文件
program=程序 programmer=编程器 programming=编程 project=工程 properties=属性 property=属性 propose=提议 proprietary=专有
protect=保护 protected=受保护 protection=保护 protocol=协议 provide=提供 proxy=代理 proxying=代理 publication=发布
publish=发布 publishing=发布 push=推送 put=放入 quality=质量 query=查询 queue=队列 quit=退出 rack=机架 random=随机 range=范围
rapid=快速 raw=原始 reachable=可达 reached=到达 read=读取 ready=就绪 real=实际 reason=原因 rebind=重新绑定 reboot=重启
recalculate=重新计算 recall=召回 received=已接收 reconfigure=重新配置 record=记录 recorded=记录 recover=恢复 redirect=重定向
redundancy=冗余 redundant=冗余 reference=引用 references=引用 referral=转介 refresh=刷新 refuse=拒绝 refused=被拒绝
register=寄存器 registers=寄存器 registration=注册 registry=注册表 regulating=调节 reinitialise=重新初始化
reinitialize=重新初始化 reject=拒绝 rejected=被拒绝 rejoin=重新加入 relations=关系 relay=中继 release=释放 released=已释放
relinquish=释放 reload=重新载入 remind=提醒 remote=远程 remove=移除 rename=重命名 renegotiate=重新协商 renew=续租
renumbering=重新编号 repeat=重复 replace=替换 replicate=复制 reply=回复 report=报告 reporting=报告 republish=重新发布
request=请求 requested=已请求 requests=请求 required=需要 resend=重发 reservation=保留 reserved=保留 reset=复位 resign=辞任
resolution=解析 resolve=解析 resource=资源 respond=响应 response=响应 responses=响应 rest=其余 restart=重启 restore=恢复
result=结果 results=结果 resume=恢复 retain=保持 retains=保持值 retarget=重定目标 retentive=保持 retentives=保持值 retry=重试
return=返回 returned=已返回 reverse=反向 revision=版本 right=权限 ring=环网 root=根 route=路由 router=路由器 routes=路由
routine=例程 routing=路由 run=运行 running=运行 safe=安全 safety=安全 sample=采样 save=保存 scaled=标度化 scaling=标度
scan=扫描 scanning=扫描 scattered=分散 schedule=计划 scheduled=计划 scheduler=调度器 script=脚本 search=搜索 secondary=次级
section=区段 secure=安全 secured=安全 security=安全 seek=定位 segment=段 segmentation=分段 select=选择 selected=已选择
selective=选择性 self=自 semaphore=信号量 send=发送 sensor=传感器 sent=已发送 sequence=序列 sequencer=定序器 serial=串行
server=服务器 servers=服务器 service=服务 services=服务 session=会话 sessionless=无会话 sessions=会话 set=设置 setting=设置
settings=设置 setup=设置 several=多个 share=共享 shares=共享 shell=外壳 short=短 shut=关 shutdown=关机 sign=签名 signal=信号
signaling=信令 signature=签名 signed=签名 signing=签名 single=单个 site=站点 size=大小 sizes=大小 slave=从站 sleep=休眠
slot=槽 small=小 software=软件 solicit=征询 solicitation=征询 source=源 special=特殊 specific=特定 squawk=鸣叫 stack=栈
standard=标准 start=启动 startup=启动 state=状态 stateful=有状态 statement=语句 states=状态 station=站 statistics=统计
status=状态 step=步 stop=停止 store=存储 stream=流 string=字符串 sub=子 subcondition=子条件 subindex=子索引
subnegotiation=子协商 subnet=子网 subscribe=订阅 subscription=订阅 subscriptions=订阅 substitute=替代 suffix=后缀
suite=套件 sum=汇总 summary=摘要 superframe=超帧 superframes=超帧 supervisor=监管器 support=支持 supported=受支持
suspend=挂起 swap=交换 switch=切换 symbol=符号 symbolic=符号 symbols=符号 symmetric=对称 sync=同步 synchronise=同步
synchronization=同步 system=系统 table=表 tables=表 tabular=表格 tag=标签 tags=标签 take=取得 target=目标 targets=目标
task=任务 template=模板 temporary=临时 terminal=终端 terminate=终止 terminated=已终止 termination=终止 test=测试
tester=测试仪 text=文本 there=在场 thermostat=恒温器 thread=线程 ticket=票据 time=时间 timeout=超时 timer=定时器 timers=定时器
timestamp=时标 timing=时序 title=标题 to=到 toggle=切换 token=令牌 too=过 topic=主题 topology=拓扑 totals=累计量 trace=跟踪
transact=事务 transaction=事务 transceiver=收发器 transducer=传感器 transfer=传输 transient=瞬时 transition=转换
translate=转换 translation=转换 transmission=传输 transmitter=变送器 transport=传输 trap=陷阱 tree=树 trend=趋势
trigger=触发 triggering=触发 trim=微调 tunnel=隧道 tunnelling=隧道 type=类型 typed=带类型 types=类型 unassigned=未指派
unauthorized=未授权 unavailable=不可用 unbind=解除绑定 unconfirmed=无确认 unconnected=无连接 undivided=不分割 unforce=取消强制
unimplemented=未实现 unique=唯一 unit=单元 units=单位 unknown=未知 unlock=解锁 unprocessable=无法处理 unprotect=解除保护
unprotected=未受保护 unreachable=不可达 unregister=注销 unset=取消设置 unsolicited=主动上报 unsubscribe=退订
unsupported=不受支持 up=接通 update=更新 updated=已更新 upgrade=升级 upload=上传 uploaded=已上传 upper=上限 user=用户 users=用户
valid=有效 validate=验证 value=值 values=值 var=变量 variable=变量 variables=变量 vector=向量 vectors=向量 vendor=厂商
verify=核实 version=版本 versions=版本 virtual=虚拟 visualisation=可视化 volume=卷 wait=等待 wall=墙 warm=热
warmstart=热启动 watchdog=看门狗 web=Web what=什么 who=谁 will=将 window=窗口 wink=闪灯 wireless=无线 with=含 without=无
wont=不会 word=字 words=字 working=工作 wrapper=包装 write=写入 you=你 zero=零 zone=区`;

/** Words that stand in places, or mean something else there than in operations. */
export const PLACES = `
platform=平台 endpoint=端点 circuit=电路 product=产品 realm=认证域 installation=安装 friendly=友好
asset=资产 socket=套接字 region=域 computer=计算机 workstation=工作站 processor=处理器 called=被叫
calling=主叫 datagram=数据报 role=角色 annotation=注释 cookie=Cookie desktop=桌面 engine=引擎 bridge=网桥
copyright=版权 designation=标志 automation=自动化 plant=工厂 edge=边缘 subject=主题 agent=代理 main=主
author=作者 family=系列 board=板卡 package=包 comment=注释 calls=所调用的 expanded=扩展 operator=运营者
subset=子集 conformance=一致性 global=全局 initiating=发起 logic=逻辑 detail=详情 producer=生产者 known=已知
speaks=使用协议 maker=制造商 username=用户名 object-name=对象名 application-software-version=应用软件版本
firmware-revision=固件版本 model-name=型号名 profile-name=配置文件名 serial-number=序列号
vendor-identifier=厂商编号 vendor-name=厂商名 log-in=登录 syslog=syslog run-time=运行时 id=编号 code=代码
register=寄存器 order=订货 chassis=机箱 prefix=前缀 string=字符串 host=主机 header=首部 tag=标签 key=键
interface=接口 serial=序列 os=系统 announce=通告 common=公共 server=服务器 opcode=操作码 to=对`;

/** Terms of the standards: they stand as they are, in capitals. */
export const KEPT = `
acdb acknack acct adc aoe app appe aps andx allo ascii atsvc bootp bvlc bvlc6 bvll c canopen cdup cip
connack cov cp cp24 cp56 cpu cups cwd db dbx dcom dele dfs dhcp dis dl dlr dn drsuapi dtc dtls ecu eeprom
eid enip enqs eoe epm eprt epsv feat fifo filetransfer fms foe frag g gopher gss hdlc i id iecvaraccess icm
im io ioctl ip ip4 ipatch ipv4 ipv6 kex kexinit m mac mdtm mkd mlsd mlst modbus mpx mp mps mstp n nack nak
naks nc newkeys nlst nmt nokey nonce nonces noop nop nt ok opc opcode oplock opts osi ovd ovds p pan pass
pasv pbsz pccc pdu phy pingreq pingresp plc pong port postfix prelogin prot puback pubcomp pubrec pubrel pwd
q qos r rein retr rmd rnfr rnto rpc rpl rr rt rtps rtu rwr rwx ry rww rx s samr sap sasl sdo site smnt soe
spec spoolss sq sql srvsvc ssl sspi stat stou stor stru suback substreamed svcctl syst szl tcp tls tsn tx
udp umas unsuback utc vin vmd voe vt w winreg wmi x xob y a b d e f`;
