# 二次验证：验证码来自手机上的验证器应用。
factor-off = 这里没有启用二次验证。
factor-needed = 办理前须先设置二次验证，设好后继续刚才的操作。
factor-begin =
    二次验证：聊天账号之外，再用手机上验证器应用的6位数字确认是您本人。
    请在{ $minutes }分钟内：
    1. 用验证器应用扫描随后的二维码，或手动输入密钥；
    2. 把应用显示的6位数字发给我。
    设好后请删除这条消息和二维码。
factor-secret = 密钥：{ $secret }
factor-qr = 用验证器应用扫描。设好后请删除。
factor-first-code = 请把验证器应用显示的6位数字发给我，完成设置。
factor-ask = 请发验证器应用显示的6位数字。验证后继续刚才的操作。
factor-right = 验证通过。
factor-done = 二次验证已设好。
factor-codes =
    备用码，手机不在时代替验证码，每个只能用一次：
    { $codes }
    只显示这一次。请抄下来另外存放，再删除这条消息。以前的备用码作废。
factor-wrong = 验证码不对，或已经用过。请等下一个再发，还可试{ $left }次。
factor-paused = 错误次数太多，请{ $minutes }分钟后再试。
factor-standing = 二次验证已于{ $day }设好，备用码还剩{ $left }个。
factor-lost = 手机不在身边时，发一个备用码（还剩{ $left }个）即可。备用码也没有的，请联系您的监管部门或安全管理员，核实身份后重置。
factor-reset = 您的二次验证已被重置，下次需要时重新设置。不是您要求的，请立即联系您的监管部门。
factor-reset-title = 重置{ $name }的二次验证
factor-reset-sure = 确定重置{ $place }{ $role }{ $name }的二次验证吗？
factor-reset-hint = 须先当面或打电话核实是本人要求。重置后，拿着其聊天账号的人可以重新设置；手机被盗的请先锁定。
factor-reset-done = 已重置{ $name }的二次验证，已通知本人。
option-reset-factor = 重置二次验证
telegram-command-factor = 二次验证
factor-option-lost = 手机不在
factor-option-codes = 换备用码
factor-option-anew = 换手机
cli-about-factor = 二次验证：谁已设好，重置
cli-help-factor-list = 列出已加入的人员各自的二次验证：何时设好、上次验证、剩余备用码。
cli-help-factor-reset = 核实身份后，重置丢失手机的人员的二次验证；下次需要时由本人重新设置。
cli-argument-factor-person = 人员编号，见 anzhu people
cli-no-factor = 编号为“{ $given }”的人员没有二次验证。请运行 anzhu factor list 查看。
cli-factor-reset = 已重置人员{ $person }的二次验证。
cli-column-enrolled = 设好时间
cli-column-verified = 上次验证
cli-column-recovery = 备用码
receipt-assurance =
    { $assurance ->
        [factor] 由本人账号确认，并经二次验证。
       *[other] 由聊天账号确认，未经二次验证。
    }
