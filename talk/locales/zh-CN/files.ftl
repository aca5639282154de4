# 收到的文件为什么没有留下
file-empty = “{ $name }”是空文件，没有发送。
file-too-big = “{ $name }”超过{ $limit }MB，没有发送。
file-type = “{ $name }”的格式不能接收，没有发送。请发送照片、PDF、Word、Excel 或文本文件。
file-unreadable = “{ $name }”已损坏或不完整，没有发送。请重新拍照，或重新保存后再发。
file-pixels = “{ $name }”像素过多，无法处理，没有发送。请用手机重新拍照，或截图后发送。
file-slow = “{ $name }”过于复杂，无法检查，没有发送。请改发照片、截图或重新保存的文件。
file-active = “{ $name }”含有宏、脚本、内嵌文件或会自动打开的内容，没有发送。请打印成 PDF，或拍照发送。
file-locked = “{ $name }”设有密码，无法检查，没有发送。请取消密码后再发。
file-busy = 正在处理的文件较多，“{ $name }”没有发送。请稍后再发。

# 照片只留画面；文件原样保存
file-as-it-is = 文件按原样保存：里面的作者、图片和拍摄位置等信息都还在，收到的人看得到。
